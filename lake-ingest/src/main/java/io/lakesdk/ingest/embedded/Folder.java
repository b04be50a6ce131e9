package io.lakesdk.ingest.embedded;

import io.lakesdk.Dataset;
import io.lakesdk.error.NotFoundException;
import io.lakesdk.error.Subject;
import io.lakesdk.ingest.FileSource;
import io.lakesdk.ingest.Receipt.Rejected;
import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;

/** Looks for the files of a source that a dataset can take. Reads none of them. */
final class Folder {

  private final FileSource source;
  private final Path root;
  private final PartitionFolders partitions;
  private final Extensions extensions;
  private final List<SourceFile> files = new ArrayList<>();
  private final List<Rejected> rejected = new ArrayList<>();

  private Folder(FileSource source, Path root, Dataset dataset) {
    this.source = source;
    this.root = root;
    this.partitions = new PartitionFolders(dataset);
    this.extensions = new Extensions(dataset);
  }

  /** What is in a folder, by name. */
  record Listing(List<SourceFile> files, List<Rejected> rejected) {}

  /**
   * @throws NotFoundException if the folder is not there
   */
  static Listing list(FileSource source, Dataset dataset) {
    try {
      Path path = source.path().toRealPath();
      boolean isFolder = Files.isDirectory(path);
      Path root = isFolder ? path : Optional.ofNullable(path.getParent()).orElse(path);
      Folder folder = new Folder(source, root, dataset);
      if (isFolder) {
        folder.walk();
      } else {
        folder.add(path, Files.readAttributes(path, BasicFileAttributes.class));
      }
      folder.files.sort(Comparator.comparing(SourceFile::name));
      folder.rejected.sort(Comparator.comparing(Rejected::name));
      return new Listing(folder.files, folder.rejected);
    } catch (NoSuchFileException e) {
      throw new NotFoundException(
          "load", Subject.file(source.path()), "there is no such file or folder", e);
    } catch (IOException e) {
      throw Refusals.unreadable(source.path(), e);
    }
  }

  private void walk() throws IOException {
    Files.walkFileTree(
        root,
        new SimpleFileVisitor<>() {
          @Override
          public FileVisitResult preVisitDirectory(Path folder, BasicFileAttributes attributes) {
            return !folder.equals(root) && isHidden(folder)
                ? FileVisitResult.SKIP_SUBTREE
                : FileVisitResult.CONTINUE;
          }

          @Override
          public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
            if (!isHidden(file) && source.pattern().matches(name(file))) {
              add(file, attributes);
            }
            return FileVisitResult.CONTINUE;
          }

          @Override
          public FileVisitResult visitFileFailed(Path path, IOException e) {
            if (e instanceof NoSuchFileException) {
              return FileVisitResult.CONTINUE;
            }
            throw Refusals.unreadable(path, e);
          }
        });
  }

  private static boolean isHidden(Path path) {
    String name = String.valueOf(path.getFileName());
    return name.startsWith(".") || name.startsWith("_");
  }

  private String name(Path file) {
    return StreamSupport.stream(root.relativize(file).spliterator(), false)
        .map(Path::toString)
        .collect(Collectors.joining("/"));
  }

  private void add(Path file, BasicFileAttributes attributes) {
    if (attributes.isSymbolicLink()) {
      follow(file);
    } else {
      add(name(file), file, attributes);
    }
  }

  private void follow(Path link) {
    try {
      Path target = link.toRealPath();
      if (!target.startsWith(root)) {
        reject(name(link), "is a link that leads out of the folder");
      } else if (Files.isDirectory(target)) {
        reject(name(link), "is a link to a folder");
      } else {
        add(name(link), target, Files.readAttributes(target, BasicFileAttributes.class));
      }
    } catch (IOException leadsNowhere) {
      reject(name(link), "is a link that leads nowhere");
    }
  }

  private void add(String name, Path path, BasicFileAttributes attributes) {
    Optional<String> contradiction = extensions.contradiction(name);
    if (!attributes.isRegularFile()) {
      reject(name, "is no regular file");
    } else if (attributes.size() == 0) {
      reject(name, "is empty");
    } else if (contradiction.isPresent()) {
      reject(name, contradiction.get());
    } else if (partitions.find(name) instanceof PartitionFolders.Place.In place) {
      files.add(
          new SourceFile(
              name, path, Stamp.of(attributes), place.partition(), ObjectNames.of(place.rest())));
    } else if (partitions.find(name) instanceof PartitionFolders.Place.Nowhere nowhere) {
      reject(name, nowhere.reason());
    }
  }

  private void reject(String name, String reason) {
    rejected.add(new Rejected(name, reason));
  }
}
