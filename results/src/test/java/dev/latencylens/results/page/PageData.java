package dev.latencylens.results.page;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What a page holds, as its program reads it. */
final class PageData {
  static final Pattern SCRIPT = Pattern.compile("<script([^>]*)>(.*?)</script>", Pattern.DOTALL);

  private PageData() {}

  static JsonNode of(String page) throws IOException {
    Matcher script = SCRIPT.matcher(page);
    assertThat(script.find()).isTrue();
    assertThat(script.group(1)).contains("application/json");
    return new JsonMapper().readTree(script.group(2));
  }

  static List<String> ids(JsonNode page) {
    List<String> ids = new ArrayList<>();
    page.path("sections").forEach(section -> ids.add(section.path("id").asText()));
    return ids;
  }

  static JsonNode section(JsonNode page, String id) {
    for (JsonNode section : page.path("sections")) {
      if (section.path("id").asText().equals(id)) {
        return section;
      }
    }
    throw new AssertionError("the page has no section " + id);
  }
}
