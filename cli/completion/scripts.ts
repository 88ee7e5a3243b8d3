/** Shells that can complete. */
export const shells = ["bash", "zsh", "fish"] as const;
export type Shell = (typeof shells)[number];

/**
 * A script for a shell to source. It asks the program, at the given path, what the word under the cursor may become, and
 * offers files where that is nothing; where no `mlops` is on the PATH, it also makes one that runs this program.
 */
export const scriptFor = (shell: Shell, program: string): string => scripts[shell](program);

const quoted = (path: string): string => `'${path.replaceAll("'", `'\\''`)}'`;
const quotedForFish = (path: string): string => `'${path.replace(/[\\']/g, "\\$&")}'`;

const scripts: Readonly<Record<Shell, (program: string) => string>> = {
  bash: (program) => `_mlops() {
  local IFS=$'\\n'
  COMPREPLY=($(node ${quoted(program)} __complete -- "\${COMP_WORDS[@]:1:COMP_CWORD}" 2>/dev/null | cut -f 1))
}
complete -o default -F _mlops mlops
command -v mlops >/dev/null || mlops() { node ${quoted(program)} "$@"; }
`,
  zsh: (program) => `#compdef mlops
_mlops() {
  local line
  local -a candidates
  for line in "\${(@f)$(node ${quoted(program)} __complete -- "\${(@)words[2,CURRENT]}" 2>/dev/null)}"; do
    [[ -n $line ]] && candidates+=("\${\${line%%$'\\t'*}//:/\\\\:}:\${line#*$'\\t'}")
  done
  if (( $#candidates )); then _describe mlops candidates; else _files; fi
}
compdef _mlops mlops
(( $+commands[mlops] )) || mlops() { node ${quoted(program)} "$@"; }
`,
  fish: (program) => `function __mlops_complete
  set -l words (commandline -opc) (commandline -ct)
  set -l candidates (node ${quotedForFish(program)} __complete -- $words[2..] 2>/dev/null)
  if test (count $candidates) -gt 0
    printf '%s\\n' $candidates
  else
    __fish_complete_path (commandline -ct)
  end
end
complete -c mlops -f -a '(__mlops_complete)'
type -q mlops; or function mlops
  node ${quotedForFish(program)} $argv
end
`,
};
