package io.lakesdk.publish.draft;

import io.lakesdk.storage.ObjectInfo;
import io.lakesdk.storage.ObjectUpload;
import java.io.IOException;
import java.util.function.Consumer;

/** An upload whose draft learns that it was completed. */
final class DraftUpload extends ObjectUpload {

  private final ObjectUpload upload;
  private final Consumer<ObjectInfo> completed;

  DraftUpload(ObjectUpload upload, Consumer<ObjectInfo> completed) {
    this.upload = upload;
    this.completed = completed;
  }

  @Override
  public void write(int b) throws IOException {
    upload.write(b);
  }

  @Override
  public void write(byte[] bytes, int offset, int length) throws IOException {
    upload.write(bytes, offset, length);
  }

  @Override
  public void flush() throws IOException {
    upload.flush();
  }

  @Override
  public ObjectInfo complete() {
    ObjectInfo info = upload.complete();
    completed.accept(info);
    return info;
  }

  @Override
  public void close() {
    upload.close();
  }
}
