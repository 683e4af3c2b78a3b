package dev.jcompose.volumes;

public final class VolumeFill {
    public VolumeFill(dev.jcompose.linux.Linux l) {}

    public boolean fill(Volume v, java.util.List<java.nio.file.Path> l, String p) throws java.io.IOException {
        return false;
    }
}
