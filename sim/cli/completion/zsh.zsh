#compdef kith
# Completion of kith in zsh; `kith completion words` knows the words. A line of it is a word, a tab, and its meaning; ":files" stands for
# names of files.
_kith() {
  local line word
  local -a whole open
  for line in "${(@f)$("${words[1]}" completion words "${(@)words[2,CURRENT]}" 2>/dev/null)}"; do
    word=${line%%$'\t'*}
    if [[ $word == :files ]]; then
      _files
    elif [[ $word == *[=.] ]]; then
      open+=("${word//:/\\:}:${line#*$'\t'}")
    else
      whole+=("${word//:/\\:}:${line#*$'\t'}")
    fi
  done
  (( $#whole )) && _describe kith whole
  (( $#open )) && _describe kith open -S ''
}
if [[ $funcstack[1] == _kith ]]; then
  _kith "$@"
else
  compdef _kith kith
fi
