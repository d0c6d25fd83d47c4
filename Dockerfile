# syntax=docker/dockerfile:1
# An image with the binary and nothing else, for `docker run --rm -v "$PWD:/src" IMAGE check ./...`. The binary is static: it
# needs no system around it. `docker build -t golint-rs .` builds it from this checkout, with BuildKit or Podman.

FROM rust:1.95.0-slim-bookworm AS build
# hadolint ignore=DL3008
RUN apt-get update && apt-get install --yes --no-install-recommends musl-tools && rm -rf /var/lib/apt/lists/*
RUN rustup target add "$(uname -m)-unknown-linux-musl"
WORKDIR /golint-rs
COPY . .
RUN cargo build --release --locked --bin golint-rs --target "$(uname -m)-unknown-linux-musl"
ARG TARGETARCH
RUN install -D "target/$(uname -m)-unknown-linux-musl/release/golint-rs" "/content/golint-rs-$TARGETARCH" \
    && mkdir /content/cache

# What goes into the image. A release, which has built the binaries already, puts a folder with the same names in the place of
# this stage: `--build-context content=FOLDER`.
FROM scratch AS content
COPY --from=build /content/ /

FROM scratch
ARG TARGETARCH
LABEL org.opencontainers.image.title="golint-rs" \
    org.opencontainers.image.description="A static analyzer for Go whose rules are sandboxed WebAssembly components" \
    org.opencontainers.image.source="https://github.com/golint-rs/golint-rs" \
    org.opencontainers.image.licenses="MIT OR Apache-2.0"
COPY LICENSE-APACHE LICENSE-MIT /licenses/
COPY --from=content --chmod=755 /golint-rs-$TARGETARCH /golint-rs
# A cache counts only for the user who owns it. A volume that is mounted here for the first time takes this owner over.
COPY --from=content --chown=65532:65532 /cache /cache
ENV GOLINT_RS_CACHE=/cache
USER 65532:65532
WORKDIR /src
ENTRYPOINT ["/golint-rs"]
CMD ["check"]
