# Completion of kith in fish; `kith completion words` knows the words. A line of it is a word, a tab, and its meaning; ":files" stands for
# names of files.
function __kith_words
    set -l before (commandline -opc)
    for line in ($before[1] completion words $before[2..] (commandline -ct) 2>/dev/null)
        if test "$line" = ":files"
            __fish_complete_path (commandline -ct)
        else
            echo $line
        end
    end
end
complete -c kith -f -a '(__kith_words)'
