package dev.rooster.cli;

import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.List;

/** The control socket's protocol: one call, then frames of type, length and bytes in both directions until the exit code. */
final class Frames {
    static final int PAYLOAD_BYTES_MAX = 32 * 1024;
    private static final int VERSION = 1;
    private static final int ARGUMENTS_MAX = 10_000;

    static final byte STDOUT = 'O';
    static final byte STDERR = 'E';
    static final byte EXIT = 'X';
    /** The command wants to read standard input: answered by {@link #STDIN} or {@link #STDIN_END}. */
    static final byte WANT_STDIN = 'R';

    static final byte STDIN = 'I';
    static final byte STDIN_END = 'F';

    private Frames() {}

    /** A command as it crosses the socket. */
    record Call(List<String> args, String folder, boolean terminal, int columns, String language, boolean debug) {
        void write(DataOutputStream out) throws IOException {
            out.writeInt(VERSION);
            out.writeInt(args.size());
            for (String arg : args) {
                out.writeUTF(arg);
            }
            out.writeUTF(folder);
            out.writeBoolean(terminal);
            out.writeInt(columns);
            out.writeUTF(language);
            out.writeBoolean(debug);
            out.flush();
        }

        static Call read(DataInputStream in) throws IOException {
            int version = in.readInt();
            int count = in.readInt();
            if (version != VERSION || count < 0 || count > ARGUMENTS_MAX) {
                throw new IOException("not a call of this version");
            }
            List<String> args = new ArrayList<>(count);
            for (int i = 0; i < count; i++) {
                args.add(in.readUTF());
            }
            return new Call(
                    List.copyOf(args), in.readUTF(), in.readBoolean(), in.readInt(), in.readUTF(), in.readBoolean());
        }
    }

    record Frame(byte type, byte[] payload) {
        static Frame read(DataInputStream in) throws IOException {
            byte type = in.readByte();
            int length = in.readInt();
            if (length < 0 || length > PAYLOAD_BYTES_MAX) {
                throw new IOException("frame of " + length + " bytes");
            }
            return new Frame(type, in.readNBytes(length));
        }
    }

    static void write(DataOutputStream out, byte type, byte[] bytes, int offset, int length) throws IOException {
        synchronized (out) {
            int sent = 0;
            do {
                int part = Math.min(length - sent, PAYLOAD_BYTES_MAX);
                out.writeByte(type);
                out.writeInt(part);
                out.write(bytes, offset + sent, part);
                sent += part;
            } while (sent < length);
            out.flush();
        }
    }

    /** An output stream whose writes become frames. */
    static final class Sink extends OutputStream {
        private final DataOutputStream out;
        private final byte type;

        Sink(DataOutputStream out, byte type) {
            this.out = out;
            this.type = type;
        }

        @Override
        public void write(int b) throws IOException {
            write(new byte[] {(byte) b}, 0, 1);
        }

        @Override
        public void write(byte[] bytes, int offset, int length) throws IOException {
            if (length > 0) {
                Frames.write(out, type, bytes, offset, length);
            }
        }
    }
}
