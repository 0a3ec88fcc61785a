# shellcheck shell=bash
# What the scripts share: where the tree is, installing packages, configuring, building. Source it; it runs nothing.

kith_root=$(cd "$(dirname "${BASH_SOURCE[0]}")/../.." && pwd)
# shellcheck source=scripts/lib/packages.sh
source "$kith_root/scripts/lib/packages.sh"

# Standard output belongs to the program that a script runs, so messages go to standard error.
say() { printf '%s\n' "$*" >&2; }
fail() {
  say "${0##*/}: $*"
  exit 1
}

# Prints the comment at the top of the calling script.
print_help() { sed -n '2,/^[^#]/ { s/^# \{0,1\}//p }' "$0"; }

# missing_packages NAME... prints those that are not installed.
missing_packages() {
  local installed
  installed=$(dpkg-query --show --showformat '${db:Status-Status} ${Package}\n' "$@" 2>/dev/null |
    sed -n 's/^installed //p' || true)
  comm -23 <(printf '%s\n' "$@" | sort -u) <(sort -u <<<"$installed")
}

is_root() { ((EUID == 0)); }

# Sets root to what has to stand before a command that needs root. -n: never wait for a password nobody can type.
become_root() {
  root=()
  if is_root; then
    return 0
  elif command -v sudo >/dev/null && [[ -t 0 && -z ${CI:-} ]]; then
    root=(sudo)
  elif command -v sudo >/dev/null && sudo -n true 2>/dev/null; then
    root=(sudo -n)
  else
    return 1
  fi
}

# install_packages NAME... installs what is missing; without anything missing it never calls apt.
install_packages() {
  local missing root
  if ! command -v dpkg-query >/dev/null; then
    say "this system has no dpkg, so nothing is installed; scripts/lib/packages.sh lists what Kith needs"
    return 0
  fi
  mapfile -t missing < <(missing_packages "$@")
  ((${#missing[@]})) || return 0
  become_root || fail "packages are missing and need root to install; as root: apt-get install ${missing[*]}"
  say "Installing: ${missing[*]}"
  local apt=("${root[@]}" env DEBIAN_FRONTEND=noninteractive apt-get --yes --quiet=2 --no-install-recommends
    -o Dpkg::Use-Pty=0 -o DPkg::Lock::Timeout=300)
  # The package lists of a fresh machine are empty or old; a failed refresh matters only if the install fails too.
  "${apt[@]}" update >&2 </dev/null || say "apt-get update failed; trying with the lists at hand"
  "${apt[@]}" install "${missing[@]}" >&2 </dev/null || fail "apt-get could not install: ${missing[*]}"
}

# offer_packages NAME... installs what is missing where it can, and goes on without where it cannot.
offer_packages() {
  (install_packages "$@") || say "going on without: $(missing_packages "$@" | paste -sd ' ')"
}

# fetch_sources FOLDER SOURCE=VERSION... puts the sources of Debian packages below FOLDER/source. FOLDER has no spaces: apt's options do
# not quote. It asks the system's package sources for source packages; the system's own files stay as they are.
fetch_sources() {
  local work=$1 file apt
  shift
  chmod 755 "$work"
  mkdir -p "$work/parts" "$work/lists/partial" "$work/cache/archives/partial" "$work/source"
  for file in /etc/apt/sources.list /etc/apt/sources.list.d/*.list; do
    [[ -f $file ]] || continue
    sed -nE 's/^[[:space:]]*deb(-src)?[[:space:]]+/deb-src /p' "$file" >"$work/parts/$(basename "$file" .list).list"
  done
  for file in /etc/apt/sources.list.d/*.sources; do
    [[ -f $file ]] || continue
    sed -E 's/^Types:.*/Types: deb-src/I' "$file" >"$work/parts/$(basename "$file")"
  done
  apt=(apt-get --quiet=2
    -o Dir::Etc::sourcelist=/dev/null -o "Dir::Etc::sourceparts=$work/parts"
    -o "Dir::State::lists=$work/lists" -o "Dir::Cache=$work/cache" -o APT::Get::List-Cleanup=0)
  # A package source that offers no source packages is of no concern, as long as one does.
  "${apt[@]}" update >&2 </dev/null || say "some package sources could not be read"
  (cd "$work/source" && "${apt[@]}" -o APT::Sandbox::User=root --only-source source "$@" >&2 </dev/null) ||
    fail "the package sources of this machine do not offer: $*"
}

# Prints what the README shows of the first run, from its title to the fingerprint; COLUMNS=100 prints the same.
first_steps_in_readme() { sed -n '/^\$ kith run first-steps -o first.h5$/,/^fingerprint/ { /^\$/d; p }' "$kith_root/README.md"; }

# ccache finds the same file in another build folder or clone only with paths relative to a common base.
export CCACHE_BASEDIR=${CCACHE_BASEDIR:-$kith_root} CCACHE_NOHASHDIR=${CCACHE_NOHASHDIR:-1}

# configure PRESET configures a build folder that is new, or older than the presets or the last change of the system's
# packages: a library or Catch2 may have come since. Ninja runs CMake again by itself when a CMake file changed.
configure() {
  local made="$kith_root/build/$1/build.ninja" log="$kith_root/build/configure-$1.log"
  if [[ -f $made && ! $kith_root/CMakePresets.json -nt $made && ! /var/lib/dpkg/status -nt $made ]]; then
    return 0
  fi
  mkdir -p "$kith_root/build"
  say "Configuring build/$1"
  if ! (cd "$kith_root" && cmake --preset "$1" >"$log" 2>&1); then
    cat "$log" >&2
    fail "CMake could not configure the preset $1"
  fi
}

# build PRESET [TARGET...] builds; Ninja does nothing when nothing changed. Progress is shown on a terminal only.
build() {
  local preset=$1 targets=() tool=()
  shift
  (($#)) && targets=(--target "$@")
  [[ -t 2 ]] || tool=(-- --quiet)
  if [[ ! -d $kith_root/build/$preset/bin ]]; then
    say "Building Kith in build/$preset; the first time takes some minutes"
  fi
  (cd "$kith_root" && cmake --build --preset "$preset" "${targets[@]}" "${tool[@]}" >&2) ||
    fail "the build failed (preset $preset)"
}
