import { Trans } from 'react-i18next'

/** A sentence of the catalogue in which figures stand in <b>. */
export function Emphasis({ words, values }: { words: string; values: Record<string, string | number> }) {
  return <Trans i18nKey={words} values={values} components={{ b: <b /> }} shouldUnescape={false} />
}
