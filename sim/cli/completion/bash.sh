# shellcheck shell=bash
# Completion of kith in bash; `kith completion words` knows the words. A line of it is a word, a tab, and its meaning; ":files" stands for
# names of files.
_kith() {
  local line=${COMP_LINE:0:COMP_POINT} words word current prefix
  read -ra words <<<"$line"
  [[ $line == *[[:space:]] ]] && words+=("")
  word=${words[-1]}
  # readline takes a word to begin after the last of these, so what stands before it is taken off what is offered.
  prefix=${word%"${word##*[=:]}"}
  current=${word#"$prefix"}
  COMPREPLY=()
  while IFS=$'\t' read -r word _; do
    if [[ $word == :files && ${#COMPREPLY[@]} -gt 0 ]]; then
      compopt -o filenames
      mapfile -t -O "${#COMPREPLY[@]}" COMPREPLY < <(compgen -f -- "$current")
    elif [[ $word == :files ]]; then
      compopt -o default # readline's own, which knows quotes
    else
      COMPREPLY+=("${word#"$prefix"}")
      [[ $word == *[=.] ]] && compopt -o nospace
    fi
  done < <("${words[0]}" completion words "${words[@]:1}" 2>/dev/null)
}
complete -F _kith kith
