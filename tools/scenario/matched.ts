/** The parts of a line of a scenario; a line that is not of the pattern throws with its words. */
export function matched(pattern: RegExp, line: string): RegExpExecArray {
  const match = pattern.exec(line)
  if (!match) throw new Error(`cannot read the line: ${line}`)
  return match
}
