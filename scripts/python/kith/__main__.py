"""python3 -m kith OUT.h5 [TABLE]: lists the tables of a result, or the variables of one."""
import argparse
import sys

import kith


def main():
    parser = argparse.ArgumentParser(prog="python3 -m kith", description="Lists the tables of a result, or the variables of one.")
    parser.add_argument("file", metavar="OUT.h5")
    parser.add_argument("table", metavar="TABLE", nargs="?")
    arguments = parser.parse_args()
    try:
        result = kith.open(arguments.file)
        print(repr(result) if arguments.table is None else result[arguments.table])
    except (OSError, ValueError, KeyError) as error:
        sys.exit(f"kith: {error.args[0] if isinstance(error, KeyError) else error}")


if __name__ == "__main__":
    main()
