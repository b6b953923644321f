package dev.rooster.subscriber.csv;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.rooster.language.Language;
import dev.rooster.language.Messages;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class CsvInspectionTest {
    @TempDir
    Path folder;

    @ParameterizedTest
    @ValueSource(strings = {"UTF-8", "x-windows-949", "UTF-16LE", "UTF-16BE", "UTF-8 with BOM"})
    void encodingIsFoundByStrictDecoding(String name) throws Exception {
        boolean bom = name.endsWith("BOM") || name.startsWith("UTF-16");
        Charset charset = Charset.forName(name.replace(" with BOM", ""));
        String text = (bom ? "\uFEFF" : "") + "이메일,이름\na@naver.com,뷁똠\n";
        CsvInspection found = inspect(text.getBytes(charset));
        assertThat(found.format().charset()).isEqualTo(charset);
        assertThat(found.columns().header()).containsExactly("이메일", "이름");
        assertThat(rows(found)).containsExactly("1[이메일, 이름]", "2[a@naver.com, 뷁똠]");
    }

    @Test
    void bytesOfNeitherEncodingAreRefusedWithTheirLine() {
        byte[] bytes = "email,name\na@b.kr,ok\nc@d.kr,\u00ff\u00ff\n".getBytes(StandardCharsets.ISO_8859_1);
        refused(bytes, FileProblem.Kind.ENCODING, 3);
    }

    @Test
    void workbookIsNamedAsOne() {
        refused(new byte[] {'P', 'K', 3, 4, 0, 0}, FileProblem.Kind.WORKBOOK, 0);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"email;name\na@b.kr;Kim, A\n", "email\tname\na@b.kr\tKim\n", "sep=;\nemail;name\na@b.kr;x\n"})
    void separatorIsTheOneTheHeaderUses(String text) throws Exception {
        assertThat(inspect(text.getBytes(StandardCharsets.UTF_8)).columns().header())
                .containsExactly("email", "name");
    }

    @Test
    void bareListOfAddressesNeedsNoHeader() throws Exception {
        CsvInspection found = inspect("a@b.kr\nc@d.kr\n".getBytes(StandardCharsets.UTF_8));
        assertThat(found.rows()).isEqualTo(2);
        assertThat(found.lastHeaderLine()).isZero();
    }

    @Test
    void fileWithoutAColumnOfAddressesIsRefusedNamingWhatWasFound() {
        FileProblem problem =
                refused("\n이름,전화\n김,010\n".getBytes(StandardCharsets.UTF_8), FileProblem.Kind.NO_ADDRESS_COLUMN, 2);
        assertThat(problem.text(Messages.of(FileProblem.class, Language.EN)))
                .contains("line 2")
                .contains("이름, 전화");
    }

    @Test
    void twoAttributesOfOneNameAreRefused() {
        refused("email,city,city\n".getBytes(StandardCharsets.UTF_8), FileProblem.Kind.COLUMN_TWICE, 1);
    }

    @Test
    void brokenQuoteCostsItsOwnRecordOnly() throws Exception {
        String text =
                "email,name\r\n\"a@b.kr,Kim\r\nc@d.kr,\"Lee \"\"K\"\"\r\n\r\nSeoul\"\r\ne@f.kr,\"x\"y\r\ng@h.kr,Choi\r\n";
        CsvInspection found = inspect(text.getBytes(StandardCharsets.UTF_8));
        assertThat(rows(found))
                .containsExactly("1[email, name]", "2!", "3[c@d.kr, Lee \"K\"\r\n\r\nSeoul]", "6!", "7[g@h.kr, Choi]");
        assertThat(found.rows()).isEqualTo(4);
    }

    @Test
    void fileFullOfBrokenQuotesIsRefused() {
        String text = "email\n" + "\"x\"y\n".repeat(CsvRows.BROKEN_MAX + 1);
        refused(text.getBytes(StandardCharsets.UTF_8), FileProblem.Kind.BROKEN_QUOTES, CsvRows.BROKEN_MAX + 2);
    }

    @Test
    void columnsOfMailchimpAreUnderstood() throws Exception {
        Columns columns = columns("Email Address,First Name,Last Name,Phone Number,MEMBER_RATING,OPTIN_TIME,OPTIN_IP,"
                + "CONFIRM_TIME,CONFIRM_IP,GMTOFF,DSTOFF,TIMEZONE,CC,REGION,UNSUB_TIME,UNSUB_CAMPAIGN_TITLE,UNSUB_REASON,"
                + "LEID,EUID,NOTES,TAGS");
        assertThat(columns.positions(Column.CONSENT_DATE))
                .as("confirmed is worth more than asked")
                .containsExactly(7, 5);
        assertThat(columns.positions(Column.REFUSAL_DATE)).containsExactly(14);
        assertThat(columns.attributes().values()).containsExactly("Phone_Number", "TAGS");
        assertThat(columns.utc()).contains(5, 7, 14);
        assertThat(columns.ignored()).contains("MEMBER_RATING", "LEID", "CC", "NOTES");
    }

    @Test
    void columnsOfListmonkAreUnderstood() throws Exception {
        Columns columns = columns("uuid,email,name,attributes,status,created_at,updated_at");
        assertThat(columns.known())
                .containsExactlyInAnyOrderEntriesOf(Map.of(
                        Column.ADDRESS, List.of(1),
                        Column.NAME, List.of(2),
                        Column.ATTRIBUTES, List.of(3),
                        Column.STATUS, List.of(4),
                        Column.CONSENT_DATE, List.of(5)));
        assertThat(columns.ignored()).containsExactly("uuid", "updated_at");
    }

    @Test
    void columnsOfStibeeAreUnderstood() throws Exception {
        Columns columns = columns("이메일 주소,이름,구독 상태,추가 경로,그룹,광고성 정보 수신 동의,구독일,마지막 업데이트일,구독 해지 사유");
        assertThat(columns.known().keySet())
                .containsExactlyInAnyOrder(
                        Column.ADDRESS,
                        Column.NAME,
                        Column.STATUS,
                        Column.CONSENT_SOURCE,
                        Column.CONSENT_DATE,
                        Column.REFUSAL_REASON);
        assertThat(columns.attributes().values()).containsExactly("그룹", "광고성_정보_수신_동의");
        assertThat(columns.ignored()).containsExactly("마지막 업데이트일");
    }

    @ParameterizedTest
    @ValueSource(strings = {"city", "source", "상태", "#tag", "attribute:x"})
    void attributeComesBackUnderItsHeaderOfExport(String attribute) throws Exception {
        assertThat(columns("email," + Columns.headerOf(attribute)).attributes().values())
                .containsExactly(attribute);
    }

    @ParameterizedTest
    @EnumSource
    void everyProblemHasItsTextsInBothLanguages(FileProblem.Kind kind) {
        for (Language language : Language.values()) {
            Messages messages = Messages.of(FileProblem.class, language);
            FileProblem problem = FileProblem.of(kind, 3, "found", "detail");
            assertThat(problem.text(messages)).isNotBlank().doesNotContain("{");
            assertThat(problem.mend(messages)).isNotBlank();
        }
    }

    @ParameterizedTest
    @EnumSource
    void everyRowProblemHasItsTextsInBothLanguages(RowProblem.Kind kind) {
        for (Language language : Language.values()) {
            Messages messages = Messages.of(FileProblem.class, language);
            RowProblem problem = kind == RowProblem.Kind.ADDRESS
                    ? RowProblem.address("x", dev.rooster.mail.AddressProblem.NO_AT)
                    : RowProblem.of(kind, "found", "detail");
            assertThat(problem.text(messages)).isNotBlank();
            assertThat(problem.expected(messages)).isNotBlank();
            assertThat(problem.mend(messages)).isNotBlank();
        }
    }

    private Columns columns(String header) throws Exception {
        return inspect((header + "\n").getBytes(StandardCharsets.UTF_8)).columns();
    }

    private CsvInspection inspect(byte[] bytes) throws Exception {
        return CsvInspection.of(Files.write(folder.resolve("list.csv"), bytes));
    }

    private FileProblem refused(byte[] bytes, FileProblem.Kind kind, long line) {
        FileProblem[] found = new FileProblem[1];
        assertThatExceptionOfType(FileRefused.class)
                .isThrownBy(() -> inspect(bytes))
                .satisfies(e -> found[0] = e.problem());
        assertThat(found[0].kind()).isEqualTo(kind);
        assertThat(found[0].line()).isEqualTo(line);
        return found[0];
    }

    private static List<String> rows(CsvInspection inspection) throws Exception {
        List<String> rows = new ArrayList<>();
        try (CsvRows source = new CsvRows(inspection.format())) {
            for (CsvRow row = source.next(); row != null; row = source.next()) {
                rows.add(row.line()
                        + (row instanceof CsvRow.Fields f ? f.fields().toString() : "!"));
            }
        }
        return rows;
    }
}
