# Sourced by `run` and `sizes`: finds or installs wasm32-unknown-unknown, and builds the module.

target=wasm32-unknown-unknown
directory=$(cd ../.. && pwd)/target/wasm
module=$directory/$target/release/wasm.wasm
export CARGO_TERM_COLOR=never CARGO_TARGET_DIR=$directory

has_target() { [ -d "$(rustc --print target-libdir --target $target)" ]; }

# By rustup, or else Debian's compiler, which comes with the sources of the standard library. The linker is that of the
# toolchain in the PATH.
install_target() {
    has_target && return
    echo "installing $target" >&2
    command -v rustup >/dev/null && timeout 300 rustup target add $target >/dev/null 2>&1 && has_target && return
    [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null || return
    linker=$(rustc --print sysroot)/lib/rustlib/$(rustc -vV | sed -n 's/^host: //p')/bin/rust-lld
    [ -x "$linker" ] || return
    local install=(apt-get install -qq -y --no-install-recommends rustc-web cargo-web rust-web-src)
    { "${install[@]}" || { apt-get update -qq && "${install[@]}"; }; } >/dev/null 2>&1
}

# Builds the module with these features.
build() {
    local arguments=(build --quiet --release --lib --locked --target $target --no-default-features --features "$1")
    if has_target; then cargo "${arguments[@]}"; else
        RUSTC_BOOTSTRAP=1 RUSTC=/usr/bin/rustc CARGO_TARGET_WASM32_UNKNOWN_UNKNOWN_LINKER=$linker \
            /usr/bin/cargo "${arguments[@]}" -Zbuild-std=std,panic_abort
    fi
}
