package dev.rooster.media;

import static org.assertj.core.api.Assertions.assertThat;

import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.zip.CRC32;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PictureReaderTest {
    @ParameterizedTest
    @CsvSource({"png,image/png", "jpeg,image/jpeg", "gif,image/gif"})
    void whatEveryMailClientShowsIsMeasured(String format, String contentType) throws IOException {
        byte[] bytes = image(format);

        PictureFile file = ((PictureCheck.Usable) PictureReader.read(bytes)).file();

        assertThat(file.picture().contentType()).isEqualTo(contentType);
        assertThat(file.picture().width()).isEqualTo(60);
        assertThat(file.picture().height()).isEqualTo(40);
        assertThat(file.picture().sizeBytes()).isEqualTo(bytes.length);
        assertThat(file.picture().heightAt(30)).isEqualTo(20);
        assertThat(MediaHash.find(file.picture().hash().hex())).isPresent();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {"RIFF0000WEBP|webp", "BM000000|bmp", "<svg xmlns=''>|svg", "0000ftypavif|avif", "0000ftypheic|heic"
            })
    void otherFormatsAreNamed(String head, String format) {
        assertThat(PictureReader.read(head.getBytes(StandardCharsets.ISO_8859_1)))
                .isEqualTo(new PictureCheck.Refused(PictureCheck.Reason.FORMAT, format));
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 5, 20})
    void aDamagedPictureIsRefused(int bytesLeft) throws IOException {
        byte[] cut = java.util.Arrays.copyOf(image("png"), bytesLeft);
        assertThat(PictureReader.read(cut))
                .isInstanceOfSatisfying(
                        PictureCheck.Refused.class,
                        refused -> assertThat(refused.reason()).isEqualTo(PictureCheck.Reason.UNREADABLE));
    }

    @Test
    void aPictureTooLargeIsRefusedUnread() {
        assertThat(PictureReader.read(new byte[PictureReader.BYTES_MAX + 1]))
                .isInstanceOfSatisfying(
                        PictureCheck.Refused.class,
                        refused -> assertThat(refused.reason()).isEqualTo(PictureCheck.Reason.TOO_LARGE));
    }

    @Test
    void aSmallFileOfFarTooManyPixelsIsRefused() throws IOException {
        byte[] bomb = image("png");
        ByteBuffer.wrap(bomb).putInt(16, 30_000).putInt(20, 30_000);
        CRC32 check = new CRC32();
        check.update(bomb, 12, 17);
        ByteBuffer.wrap(bomb).putInt(29, (int) check.getValue());

        assertThat(PictureReader.read(bomb))
                .isEqualTo(new PictureCheck.Refused(PictureCheck.Reason.TOO_LARGE, "30000 × 30000"));
    }

    @Test
    void aPhotoTakenSidewaysIsMeasuredAsItIsShown() throws IOException {
        byte[] jpeg = image("jpeg");
        byte[] exif = {
            (byte) 0xff,
            (byte) 0xe1,
            0,
            34,
            'E',
            'x',
            'i',
            'f',
            0,
            0,
            'M',
            'M',
            0,
            42,
            0,
            0,
            0,
            8,
            0,
            1,
            0x01,
            0x12,
            0,
            3,
            0,
            0,
            0,
            1,
            0,
            6,
            0,
            0,
            0,
            0,
            0,
            0
        };
        ByteArrayOutputStream turned = new ByteArrayOutputStream();
        turned.write(jpeg, 0, 2);
        turned.writeBytes(exif);
        turned.write(jpeg, 2, jpeg.length - 2);

        Picture picture = ((PictureCheck.Usable) PictureReader.read(turned.toByteArray()))
                .file()
                .picture();

        assertThat(picture.width()).isEqualTo(40);
        assertThat(picture.height()).isEqualTo(60);
    }

    @Test
    void onlyAHashIsTakenForOne() {
        assertThat(MediaHash.find("../etc/passwd")).isEmpty();
        assertThat(MediaHash.find("A".repeat(64))).isEmpty();
    }

    private static byte[] image(String format) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        ImageIO.write(new BufferedImage(60, 40, BufferedImage.TYPE_INT_RGB), format, out);
        return out.toByteArray();
    }
}
