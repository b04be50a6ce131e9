package io.lakesdk.catalog.crawl;

import io.lakesdk.Format;
import io.lakesdk.catalog.ColumnEvidence;
import java.util.List;
import java.util.OptionalLong;

/** Looks at the files of one table, one after the other, and then says what they are. */
interface FormatSurvey {

  /**
   * Looks at one more file.
   *
   * @return its rows, if it was read to its end
   * @throws Unreadable if it cannot belong to a table with those before, or to any
   */
  OptionalLong read(SourceFile file);

  Format format();

  List<ColumnEvidence> columns();
}
