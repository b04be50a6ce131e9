package io.lakesdk.catalog.crawl;

import io.lakesdk.Dataset;
import io.lakesdk.DatasetId;
import io.lakesdk.Format;
import io.lakesdk.catalog.ColumnEvidence;
import io.lakesdk.catalog.CrawledFile;
import io.lakesdk.catalog.CrawledTable;
import io.lakesdk.catalog.Crawler;
import io.lakesdk.error.BadDataException;
import io.lakesdk.error.ConflictException;
import io.lakesdk.error.NotFoundException;
import io.lakesdk.error.UnavailableException;
import io.lakesdk.publish.DataFile;
import io.lakesdk.schema.Column;
import io.lakesdk.schema.Schema;
import io.lakesdk.storage.ObjectRef;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Looks at all files of one folder and makes a table of them. */
final class TableSurvey {

  private final Crawler crawler;
  private final Folder folder;
  private final DatasetId id;

  TableSurvey(Crawler crawler, Folder folder, DatasetId id) {
    this.crawler = crawler;
    this.folder = folder;
    this.id = id;
  }

  /**
   * @throws Unreadable if the files are no table
   * @throws ConflictException if a file is removed while it is looked at
   */
  CrawledTable run() {
    List<SourceFile> files =
        folder.files().stream().sorted(Comparator.comparing(SourceFile::key)).toList();
    List<CrawledFile> crawled = new ArrayList<>();
    FormatSurvey survey = survey(files.get(0));
    for (SourceFile file : files) {
      crawled.add(reading(file, () -> file.withRows(next(survey, file).read(file))));
    }
    PartitionKeys keys = PartitionKeys.of(files, folder.known());
    List<ColumnEvidence> columns = withoutKeys(survey, keys);
    if (columns.isEmpty()) {
      throw folder.unreadable("its files have no columns");
    }
    List<ColumnEvidence> evidence = new ArrayList<>();
    Dataset dataset;
    if (folder.known().isPresent()
        && !folder.known().get().dataset().schema().columns().isEmpty()) {
      Dataset before = folder.known().get().dataset();
      KnownColumns known = new KnownColumns(before, survey.format(), folder);
      evidence.addAll(known.reconcile(columns));
      dataset = before.withSchema(schema(evidence));
    } else {
      evidence.addAll(columns);
      dataset = described(survey.format(), schema(evidence), keys.columns());
    }
    evidence.addAll(keys.evidence());
    return new CrawledTable(
        dataset,
        folder.known().map(KnownDataset::dataset),
        evidence,
        crawled,
        crawled.size() - published(crawled));
  }

  private static Schema schema(List<ColumnEvidence> evidence) {
    return Schema.of(evidence.stream().map(ColumnEvidence::column).toList());
  }

  private Dataset described(Format format, Schema schema, List<Column> keys) {
    Dataset base =
        folder
            .known()
            .map(KnownDataset::dataset)
            .orElseGet(
                () -> Dataset.named(id.toString()).in(folder.zone()).at(folder.location()).build());
    return new Dataset(
        base.id(),
        base.zone(),
        base.location(),
        format,
        schema,
        keys,
        base.description(),
        base.steward(),
        base.projection(),
        base.bucketing().filter(bucketing -> schema.names().containsAll(bucketing.columns())));
  }

  private long published(List<CrawledFile> crawled) {
    Set<ObjectRef> current = new HashSet<>();
    folder.known().map(KnownDataset::files).orElse(List.of()).stream()
        .map(DataFile::object)
        .forEach(current::add);
    return crawled.stream().filter(file -> current.contains(file.object())).count();
  }

  private FormatSurvey survey(SourceFile file) {
    return reading(file, () -> Sniffer.survey(file, told(), crawler.sampleBytes()));
  }

  /** A known dataset's files are delimited as they are known to be. */
  private Optional<Format.Csv> told() {
    Optional<Format.Csv> known =
        folder
            .known()
            .map(KnownDataset::dataset)
            .filter(dataset -> !dataset.schema().columns().isEmpty())
            .filter(dataset -> dataset.format() instanceof Format.Csv)
            .map(dataset -> (Format.Csv) dataset.format());
    return crawler.csv().or(() -> known);
  }

  /** The survey, if this file is of the same format as those before. */
  private FormatSurvey next(FormatSurvey survey, SourceFile file) {
    FormatSurvey own = survey(file);
    if (own.getClass() != survey.getClass() || !delimited(own).equals(delimited(survey))) {
      throw folder.unreadable(
          "it holds files of different formats: "
              + file.key()
              + " is "
              + shown(own)
              + " and those before it are "
              + shown(survey)
              + "; put files of one format into one folder");
    }
    return survey;
  }

  private static String delimited(FormatSurvey survey) {
    return survey.format() instanceof Format.Csv csv ? "" + csv.delimiter() + csv.quote() : "";
  }

  private static String shown(FormatSurvey survey) {
    if (survey instanceof CsvSurvey) {
      return "CSV with the delimiter and quote " + delimited(survey);
    }
    return survey instanceof JsonSurvey ? "JSON" : "Parquet";
  }

  /** The columns of the files; where a folder gives a column's value, the folder counts. */
  private List<ColumnEvidence> withoutKeys(FormatSurvey survey, PartitionKeys keys) {
    List<ColumnEvidence> columns = new ArrayList<>();
    for (ColumnEvidence of : survey.columns()) {
      boolean isKey =
          keys.columns().stream().anyMatch(key -> key.name().equals(of.column().name()));
      if (isKey && survey instanceof CsvSurvey) {
        throw folder.unreadable(
            "column "
                + of.column().name()
                + " is in the files and is a partition key too; rename one of them");
      }
      if (!isKey) {
        columns.add(of);
      }
    }
    return columns;
  }

  private interface Reading<T> {
    T run();
  }

  private static <T> T reading(SourceFile file, Reading<T> work) {
    try {
      return work.run();
    } catch (NotFoundException e) {
      throw new ConflictException(
          "crawl", file.subject(), "it was removed while it was looked at; preview again", e);
    } catch (BadDataException e) {
      throw file.unreadable("its content is not what was written; land it again");
    } catch (UncheckedIOException e) {
      throw new UnavailableException("read", file.subject(), "reading it failed; try again", e);
    }
  }
}
