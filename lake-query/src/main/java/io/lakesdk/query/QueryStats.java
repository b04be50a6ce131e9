package io.lakesdk.query;

/**
 * What a statement reads.
 *
 * @param partitionsTotal the partitions of the datasets that it names
 * @param partitionsScanned those that its conditions leave
 * @param filesTotal likewise files
 * @param filesScanned those that are read
 * @param bytesScanned the size of the files that are read
 */
public record QueryStats(
    long partitionsTotal,
    long partitionsScanned,
    long filesTotal,
    long filesScanned,
    long bytesScanned) {}
