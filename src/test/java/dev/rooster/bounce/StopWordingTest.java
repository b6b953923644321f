package dev.rooster.bounce;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rooster.mail.dsn.PersonalMail;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class StopWordingTest {
    private final StopWording wording = StopWording.standard();

    private boolean asks(String subject, String words) {
        return wording.asks(new PersonalMail("kim@example.net", subject, words, false));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "수신거부",
                "수신 거부 부탁드립니다.",
                "안녕하세요, 구독취소 해주세요",
                "구독을 해지하고 싶습니다",
                "이제 메일 보내지 마세요!",
                "더 이상 받고 싶지 않습니다",
                "Please UNSUBSCRIBE me",
                "Stop.",
                "STOP!!",
                "please remove me from your list",
                "Take me off this list",
                "I don’t want to receive this any more",
                "I'd like to opt-out"
            })
    void isFoundInTheTextAndInASubjectOfTheirOwn(String words) {
        assertThat(asks("Re: news", words)).isTrue();
        assertThat(asks(words, "")).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "I liked the part about agents.",
                "기사 잘 읽었습니다",
                "Don't stop!",
                "The bus stop was far away",
                "주소가 바뀌었어요",
                ""
            })
    void isNotFoundInOtherMail(String words) {
        assertThat(asks(words, words)).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"Re: 수신거부를 다룬 이번 호", "답장: Unsubscribe culture", "FW: how to opt out"})
    void anAnswersSubjectIsOurs(String subject) {
        assertThat(asks(subject, "Good issue.")).isFalse();
    }
}
