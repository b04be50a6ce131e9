package io.lakesdk.storage.aws;

import io.lakesdk.error.LakeException;
import io.lakesdk.error.UnavailableException;
import io.lakesdk.storage.LocalFiles;
import io.lakesdk.storage.ObjectContent;
import io.lakesdk.storage.ReadOptions;
import io.lakesdk.storage.ReadOptions.Range;
import io.lakesdk.storage.check.FileParts;
import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.io.RandomAccessFile;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;

/**
 * Reads parts of one version of an object: by the number of the version or the ETag that it is
 * given, and by the ETag too once an answer told it.
 */
final class PartsReader implements LocalFiles.Bytes {

  private static final int END = 256 << 10;
  private static final int BUFFER = 256 << 10;

  private final S3ObjectStore store;
  private final S3Transfers transfers;
  private final String key;
  private ReadOptions pinned;
  private long size = Long.MAX_VALUE;
  private byte[] end = {};

  PartsReader(S3ObjectStore store, S3Transfers transfers, String key, ReadOptions options) {
    this.store = store;
    this.transfers = transfers;
    this.key = key;
    this.pinned = options;
  }

  /** Reads the last bytes, which tells the size of the object. */
  long readEnd() throws IOException {
    try (ObjectContent content = store.end(key, pinned, END)) {
      size = content.info().size();
      end = content.readAllBytes();
      requireLength(end.length, Math.min(END, size));
      pin(content);
    }
    return size;
  }

  private void pin(ObjectContent content) {
    pinned =
        new ReadOptions(Optional.empty(), pinned.version(), Optional.of(content.info().etag()));
  }

  /** The last bytes, if they were read. */
  byte[] end() {
    return end;
  }

  /** Whether the last bytes are all. */
  boolean hasAll() {
    return end.length == size;
  }

  /** What came is not verified by anything but its length. */
  private void requireLength(long came, long asked) {
    if (came != asked) {
      throw new UnavailableException(
          "read", store.subject(key), came + " bytes came of a part that has " + asked);
    }
  }

  private long endStart() {
    return size - end.length;
  }

  @Override
  public byte[] read(long offset, int length) {
    if (offset >= endStart()) {
      int from = (int) (offset - endStart());
      return Arrays.copyOfRange(end, from, from + length);
    }
    try (ObjectContent content = store.get(key, pinned.range(offset, length))) {
      byte[] bytes = content.readAllBytes();
      requireLength(bytes.length, length);
      pin(content);
      return bytes;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Writes these parts to their places in a file, fetching them side by side. */
  void write(FileParts parts, Path file) throws IOException {
    List<FutureTask<Range>> tasks = new ArrayList<>();
    for (Range range : parts.ranges()) {
      boolean beside = transfers.tryReserve();
      FutureTask<Range> task =
          new FutureTask<>(
              () -> {
                try {
                  write(range, file);
                } finally {
                  if (beside) {
                    transfers.release();
                  }
                }
              },
              range);
      tasks.add(task);
      if (beside) {
        transfers.start(task);
      } else {
        task.run();
      }
    }
    requireDone(tasks);
  }

  private void write(Range range, Path file) {
    byte[] buffer = new byte[BUFFER];
    long endStart = endStart();
    long upTo = Math.min(range.offset() + range.length(), endStart);
    try (RandomAccessFile out = new RandomAccessFile(file.toFile(), "rw")) {
      out.seek(range.offset());
      if (range.offset() < upTo) {
        ReadOptions options = pinned.range(range.offset(), upTo - range.offset());
        try (InputStream content = store.get(key, options)) {
          for (int read = content.read(buffer); read >= 0; read = content.read(buffer)) {
            out.write(buffer, 0, read);
          }
        }
        requireLength(out.getFilePointer() - range.offset(), upTo - range.offset());
      }
      long left = range.offset() + range.length() - Math.max(range.offset(), endStart);
      if (left > 0) {
        int from = (int) (Math.max(range.offset(), endStart) - endStart);
        out.write(end, from, (int) left);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Waits for all, so that none writes any more, and then tells what failed. */
  private static void requireDone(List<FutureTask<Range>> tasks) throws IOException {
    Throwable failure = null;
    for (FutureTask<Range> task : tasks) {
      try {
        task.get();
      } catch (ExecutionException e) {
        failure = e.getCause();
      } catch (InterruptedException e) {
        tasks.forEach(each -> each.cancel(true));
        Thread.currentThread().interrupt();
        throw new InterruptedIOException("the thread was interrupted");
      }
    }
    if (failure instanceof LakeException known) {
      throw known;
    }
    if (failure != null) {
      throw new IOException("A part of the object could not be fetched", failure);
    }
  }
}
