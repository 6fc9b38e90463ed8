package dev.latencylens.results.compare;

import dev.latencylens.results.table.SafeText;
import java.io.StringWriter;
import javax.xml.stream.XMLOutputFactory;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamWriter;

/**
 * A comparison as a JUnit report: a test for each planned quantile and each pair's failures. What
 * is slower or fails more is a failure; what has no verdict is skipped.
 */
final class JunitComparison {
  private final XMLStreamWriter xml;

  private JunitComparison(XMLStreamWriter xml) {
    this.xml = xml;
  }

  static String render(CellComparison comparison) {
    StringWriter text = new StringWriter();
    try {
      XMLStreamWriter xml = XMLOutputFactory.newFactory().createXMLStreamWriter(text);
      new JunitComparison(xml).write(comparison);
      xml.close();
    } catch (XMLStreamException e) {
      throw new IllegalStateException("a string writer does not fail", e);
    }
    return text + "\n";
  }

  private void write(CellComparison comparison) throws XMLStreamException {
    xml.writeStartDocument("UTF-8", "1.0");
    xml.writeCharacters("\n");
    xml.writeStartElement("testsuite");
    attribute("name", comparison.title());
    attribute(
        "tests", Integer.toString(comparison.planned().size() + comparison.failures().size()));
    attribute("failures", Long.toString(failed(comparison)));
    attribute("errors", "0");
    attribute(
        "skipped",
        Long.toString(comparison.planned().stream().filter(JunitComparison::isSkipped).count()));
    for (ComparedQuantile row : comparison.planned()) {
      String text =
          RowText.standing(row)
              + ", "
              + RowText.change(row)
              + ", instrument "
              + RowText.instrument(row);
      begin(RowText.cells(row), row.statistic());
      end(row.standing() == Standing.SLOWER ? "failure" : isSkipped(row) ? "skipped" : "", text);
    }
    for (ComparedFailures each : comparison.failures()) {
      begin(
          ComparedNames.common(each.baseline(), each.candidate())
              + ": "
              + ComparedNames.own(each.candidate(), each.baseline()),
          "failures");
      end(
          each.finding() == ComparedFailures.Finding.WORSE ? "failure" : "",
          each.finding().label());
    }
    xml.writeCharacters("\n");
    xml.writeEndElement();
    xml.writeEndDocument();
  }

  private static long failed(CellComparison comparison) {
    return comparison.planned().stream().filter(row -> row.standing() == Standing.SLOWER).count()
        + comparison.failures().stream()
            .filter(each -> each.finding() == ComparedFailures.Finding.WORSE)
            .count();
  }

  private static boolean isSkipped(ComparedQuantile row) {
    return switch (row.standing()) {
      case SLOWER, FASTER, SAME -> false;
      default -> true;
    };
  }

  private void begin(String suite, String name) throws XMLStreamException {
    xml.writeCharacters("\n  ");
    xml.writeStartElement("testcase");
    attribute("classname", suite);
    attribute("name", name);
  }

  private void end(String kind, String message) throws XMLStreamException {
    if (!kind.isEmpty()) {
      xml.writeEmptyElement(kind);
      attribute("message", message);
    }
    xml.writeEndElement();
  }

  /** Control characters are not allowed in XML at all, however they are written. */
  private void attribute(String name, String value) throws XMLStreamException {
    xml.writeAttribute(name, SafeText.forTerminal(value));
  }
}
