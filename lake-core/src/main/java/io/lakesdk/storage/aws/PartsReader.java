package io.lakesdk.storage.aws;

import io.lakesdk.error.LakeException;
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

/** Reads parts of one version of an object, whose end it has read at its start. */
final class PartsReader implements LocalFiles.Bytes {

  private static final int END = 256 << 10;
  private static final int BUFFER = 256 << 10;

  private final S3ObjectStore store;
  private final S3Transfers transfers;
  private final String key;
  private final ReadOptions pinned;
  private final long size;
  private final byte[] end;

  PartsReader(S3ObjectStore store, S3Transfers transfers, String key, ReadOptions options)
      throws IOException {
    this.store = store;
    this.transfers = transfers;
    this.key = key;
    try (ObjectContent content = store.end(key, options, END)) {
      this.size = content.info().size();
      this.end = content.readAllBytes();
      this.pinned =
          new ReadOptions(Optional.empty(), options.version(), Optional.of(content.info().etag()));
    }
  }

  long size() {
    return size;
  }

  /** The last bytes. */
  byte[] end() {
    return end;
  }

  boolean isWhole() {
    return end.length == size;
  }

  @Override
  public byte[] read(long offset, int length) {
    long endStart = size - end.length;
    if (offset >= endStart) {
      int from = (int) (offset - endStart);
      return Arrays.copyOfRange(end, from, from + length);
    }
    try (InputStream content = store.get(key, pinned.range(offset, length))) {
      return content.readAllBytes();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Makes a file of the object's size that has these parts, which are fetched side by side. */
  void write(FileParts parts, Path file) throws IOException {
    try (RandomAccessFile out = new RandomAccessFile(file.toFile(), "rw")) {
      out.setLength(size);
    }
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
    long endStart = size - end.length;
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
