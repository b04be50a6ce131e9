package io.lakesdk.catalog.parquet;

import org.apache.parquet.format.ColumnMetaData;
import org.apache.parquet.format.PageType;

/** The pages of a column in one row group, one after the other. */
final class ColumnPages {

  private static final int FIRST_POSITION = 4;

  private final PageWindow window;
  private final Chunk chunk;
  private final long start;
  private final long end;
  private final long reach;
  private boolean hasDictionary;
  private long firstData = -1;
  private long values;

  /**
   * @param limit where the pages of all columns end
   */
  ColumnPages(PageWindow window, Chunk chunk, long limit) throws ParquetDamage {
    this.window = window;
    this.chunk = chunk;
    this.start = start(chunk);
    long bytes = chunk.about().getTotal_compressed_size();
    if (start < FIRST_POSITION || start > limit || bytes > limit - start) {
      throw chunk.damaged("the footer says that it is where no column can be");
    }
    this.end = start + bytes;
    this.reach = Math.min(end + chunk.writer().uncounted(), limit);
  }

  /** Some writers give no position of the dictionary, or one that lies before all columns. */
  private static long start(Chunk chunk) throws ParquetDamage {
    ColumnMetaData about = chunk.about();
    if (!about.isSetDictionary_page_offset()
        || about.getDictionary_page_offset() < FIRST_POSITION) {
      return about.getData_page_offset();
    }
    if (about.getDictionary_page_offset() > about.getData_page_offset()) {
      throw chunk.damaged("the footer says that its dictionary comes after its data");
    }
    return about.getDictionary_page_offset();
  }

  /** Looks at those pages that end within the first bytes of the file. */
  void verify(long within) throws ParquetDamage {
    long position = start;
    while (position < end || (position < reach && values < chunk.about().getNum_values())) {
      if (position >= within) {
        return;
      }
      Page page = Page.at(window, chunk, position, reach);
      if (page.end() > within) {
        return;
      }
      page.verify();
      add(page);
      position = page.end();
    }
    long expected = chunk.about().getNum_values();
    if (values != expected) {
      throw chunk.damaged("its pages have " + values + " values, and the footer says " + expected);
    }
    long data = chunk.about().getData_page_offset();
    if (firstData >= 0 && data != firstData && data != start) {
      throw chunk.damaged("the footer says that its data starts elsewhere");
    }
  }

  private void add(Page page) throws ParquetDamage {
    if (page.type() == PageType.DICTIONARY_PAGE) {
      if (hasDictionary || firstData >= 0) {
        throw page.damaged("is a dictionary where none can be");
      }
      hasDictionary = true;
    } else if (page.isData()) {
      if (page.usesDictionary() && !hasDictionary) {
        throw page.damaged("refers to a dictionary, and there is none");
      }
      if (firstData < 0) {
        firstData = page.position();
      }
      values += page.values();
    }
  }
}
