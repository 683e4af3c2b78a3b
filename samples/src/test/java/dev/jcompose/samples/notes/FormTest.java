package dev.jcompose.samples.notes;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class FormTest {

    @Test
    void decodesPlusSignsAndUtf8() {
        assertThat(new Form("a=1&text=gr%C3%BC%C3%9Fe+%2B+%26").field("text")).contains("grüße + &");
    }

    @Test
    void takesTheFirstOfSeveralFields() {
        assertThat(new Form("text=one&text=two").field("text")).contains("one");
    }

    @Test
    void hasAnEmptyFieldButNotAMissingOne() {
        assertThat(new Form("text=").field("text")).contains("");
        assertThat(new Form("text").field("text")).isEmpty();
        assertThat(new Form("").field("text")).isEmpty();
    }

    @Test
    void ignoresAFieldWithBrokenPercentSigns() {
        assertThat(new Form("text=100%").field("text")).isEmpty();
        assertThat(new Form("%zz=1&text=2").field("text")).contains("2");
    }
}
