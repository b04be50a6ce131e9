package io.lakesdk.query.parquet;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.util.BitSet;
import shaded.parquet.org.apache.thrift.TConfiguration;
import shaded.parquet.org.apache.thrift.TException;
import shaded.parquet.org.apache.thrift.protocol.TCompactProtocol;
import shaded.parquet.org.apache.thrift.protocol.TField;
import shaded.parquet.org.apache.thrift.protocol.TList;
import shaded.parquet.org.apache.thrift.protocol.TProtocolUtil;
import shaded.parquet.org.apache.thrift.transport.TIOStreamTransport;

/**
 * Leaves row groups out of a footer. All else keeps its bytes, so that what only its writer
 * understands is still there.
 */
final class FooterCut {

  /** Fields of {@code FileMetaData} in parquet.thrift. */
  private static final int ROWS = 3;

  private static final int ROW_GROUPS = 4;

  /** Types of Thrift. */
  private static final byte STOP = 0;

  private static final byte I64 = 10;
  private static final byte LIST = 15;

  private final byte[] footer;
  private final ByteArrayInputStream in;
  private final TCompactProtocol reader;
  private final ByteArrayOutputStream out = new ByteArrayOutputStream();
  private final TCompactProtocol writer;
  private int copied;

  private FooterCut(byte[] footer) throws TException {
    this.footer = footer;
    this.in = new ByteArrayInputStream(footer);
    TConfiguration bounded =
        new TConfiguration(
            footer.length,
            TConfiguration.DEFAULT_MAX_FRAME_SIZE,
            TConfiguration.DEFAULT_RECURSION_DEPTH);
    this.reader = new TCompactProtocol(new TIOStreamTransport(bounded, in));
    this.writer = new TCompactProtocol(new TIOStreamTransport(out));
  }

  /**
   * The footer with only some of its row groups; it is never longer.
   *
   * @param kept the numbers of the row groups
   * @param rows how many those have
   */
  static byte[] keep(byte[] footer, BitSet kept, long rows) throws TException {
    return new FooterCut(footer).cut(kept, rows);
  }

  private byte[] cut(BitSet kept, long rows) throws TException {
    reader.readStructBegin();
    for (TField field = reader.readFieldBegin();
        field.type != STOP;
        field = reader.readFieldBegin()) {
      if (field.id == ROWS && field.type == I64) {
        copyUntil(position());
        reader.readI64();
        writer.writeI64(rows);
        copied = position();
      } else if (field.id == ROW_GROUPS && field.type == LIST) {
        copyUntil(position());
        groups(kept);
      } else {
        TProtocolUtil.skip(reader, field.type);
      }
      reader.readFieldEnd();
    }
    copyUntil(footer.length);
    return out.toByteArray();
  }

  private void groups(BitSet kept) throws TException {
    TList groups = reader.readListBegin();
    writer.writeListBegin(new TList(groups.elemType, kept.cardinality()));
    for (int i = 0; i < groups.size; i++) {
      copied = position();
      TProtocolUtil.skip(reader, groups.elemType);
      if (kept.get(i)) {
        copyUntil(position());
      }
    }
    copied = position();
  }

  private int position() {
    return footer.length - in.available();
  }

  private void copyUntil(int end) {
    out.write(footer, copied, end - copied);
    copied = end;
  }
}
