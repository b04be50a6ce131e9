package io.lakesdk.storage.aws;

import io.lakesdk.storage.LocalFiles;
import io.lakesdk.storage.ObjectRef;
import java.nio.file.Path;
import java.util.Collection;
import java.util.List;
import java.util.Optional;

/** Objects of S3 as files of a cache. */
final class S3Files implements LocalFiles {

  @Override
  public Lease lease(Collection<ObjectRef> objects) {
    throw new IllegalStateException("to come");
  }

  @Override
  public Staging stage() {
    throw new IllegalStateException("to come");
  }

  @Override
  public List<Path> folders() {
    return List.of();
  }

  @Override
  public Optional<Path> spillFolder() {
    return Optional.empty();
  }
}
