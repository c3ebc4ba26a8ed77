import type { CommandContext } from '../command-context.ts'
import { usageError } from '../errors.ts'
import { exitCodes, type ExitCode } from '../exit-codes.ts'

export const shells = ['bash', 'zsh', 'fish'] as const

/** Each script asks `pipewright complete` for candidates; the line `:files` among them means names of files. */
const scripts: Readonly<Record<(typeof shells)[number], string>> = {
  bash: `_pipewright() {
  local line="\${COMP_LINE:0:COMP_POINT}" token head candidate
  local -a words
  read -ra words <<< "$line"
  [[ "$line" =~ [[:space:]]$ ]] && words+=("")
  token="\${words[\${#words[@]}-1]}"
  # bash breaks words at "@", ":" and "=": what stands before that is on the line already.
  head="\${token%"\${COMP_WORDS[COMP_CWORD]}"}"
  COMPREPLY=()
  while IFS= read -r candidate; do
    if [[ "$candidate" == ":files" ]]; then
      compopt -o default 2> /dev/null
    else
      COMPREPLY+=("\${candidate#"$head"}")
    fi
  done < <(pipewright complete -- "\${words[@]:1}" 2> /dev/null)
  [[ "\${COMPREPLY[0]}" == *= ]] && compopt -o nospace 2> /dev/null
  return 0
}
complete -F _pipewright pipewright
`,
  zsh: `#compdef pipewright
_pipewright() {
  local -a candidates
  candidates=("\${(@f)$(pipewright complete -- "\${(@)words[2,CURRENT]}" 2> /dev/null)}")
  if (( \${candidates[(Ie):files]} )); then
    candidates=("\${(@)candidates:#:files}")
    _files
  fi
  compadd -- "\${(@)candidates:#}"
}
compdef _pipewright pipewright
`,
  fish: `function __pipewright_candidates
  set -l words (commandline -opc)
  set -l token (commandline -ct)
  for candidate in (pipewright complete -- $words[2..-1] "$token" 2> /dev/null)
    if test "$candidate" = ":files"
      __fish_complete_path "$token"
    else
      echo $candidate
    end
  end
end
complete -c pipewright -f -a '(__pipewright_candidates)'
`,
}

export async function completion(
  { output }: CommandContext,
  { shell }: { shell: string },
): Promise<ExitCode> {
  const known = shells.find((each) => each === shell)
  if (!known) throw usageError('unknown-shell', { shell })
  output.stdout.write(scripts[known])
  return exitCodes.done
}
