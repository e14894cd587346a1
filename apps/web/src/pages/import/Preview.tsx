import type { Problem, Schema } from '@pe/sdk/client.ts'
import { useState } from 'react'
import { Trans, useTranslation } from 'react-i18next'
import { Icon } from '../../components/common/Icon.tsx'
import { ProblemNote } from '../../components/common/ProblemNote.tsx'
import { useToast } from '../../components/common/toast-context.ts'
import { useFormat } from '../../hooks/useFormat.ts'
import { useCommitImportMutation, useUndoImportMutation } from '../../services/import-api.ts'
import { ColumnMapping } from './ColumnMapping.tsx'
import { ImportRows } from './ImportRows.tsx'
import { ImportTarget } from './ImportTarget.tsx'
import { noteWords } from './note-words.ts'
import { variantWords } from './variant-words.ts'
import { WhatItAdds } from './WhatItAdds.tsx'

/** What recording the file would do, row by row. Nothing is written yet. */
export function Preview({ of, back }: { of: Schema<'Import'>; back: () => void }) {
  const { t } = useTranslation()
  const format = useFormat()
  const mapping = of.state === 'needs-mapping'
  const [targetDiffers, setTargetDiffers] = useState(false)
  return (
    <>
      <div className="imp-head">
        <div className="label soft file-line">
          <Icon name="file" />
          <b>{of.fileName}</b>
          <span className="muted">{variantWords(of, t)}</span>
        </div>
        {mapping ? <p className="why">{t('import.mapping.why')}</p> : <Sentence of={of} />}
        {of.notes.map((note) => (
          <p key={note.detail} className="tie">
            {noteWords(note, t, format)}
          </p>
        ))}
      </div>
      {of.content === 'book' || of.content === 'transactions' ? <ImportTarget of={of} onDiffers={setTargetDiffers} /> : null}
      {mapping ? (
        <ColumnMapping of={of} back={back} />
      ) : (
        <>
          <ImportRows of={of} />
          {of.sample && of.mapping ? (
            <details className="sec">
              <summary>{t('import.mapping.change')}</summary>
              <ColumnMapping of={of} />
            </details>
          ) : null}
          <Foot of={of} back={back} waits={targetDiffers} />
        </>
      )}
    </>
  )
}

function Sentence({ of }: { of: Schema<'Import'> }) {
  const format = useFormat()
  const { counts } = of
  const words = (key: string, count: number) =>
    count > 0 ? (
      <Trans i18nKey={`import.sentence.${key}`} count={count} values={{ number: format.count(count) }} components={{ b: <b /> }} />
    ) : null
  return (
    <p className="why">
      {words('ok', counts.ok)} {words('needsDecision', counts.needsDecision)} {words('error', counts.error)}{' '}
      {words('duplicate', counts.duplicate)} {words('ignored', counts.ignored)} {words('drafts', counts.drafts)}{' '}
      <Trans i18nKey="import.sentence.end" />
    </p>
  )
}

function Foot({ of, back, waits }: { of: Schema<'Import'>; back: () => void; waits: boolean }) {
  const { t } = useTranslation()
  const format = useFormat()
  const { announce } = useToast()
  const [commit, { isLoading, error }] = useCommitImportMutation()
  const [undo] = useUndoImportMutation()
  const [skipErrors, setSkipErrors] = useState(false)
  const { counts } = of
  const blocked = (counts.error > 0 && !skipErrors) || counts.ok === 0 || waits
  const record = async () => {
    const { data } = await commit({ importId: of.id, skipErrors })
    if (data) announce({ message: t('import.recordedToast', { name: of.fileName }), undo: () => undo(of.id) })
  }
  return (
    <>
      {error ? <ProblemNote problem={error as Problem} /> : null}
      <section className="post">
        <WhatItAdds adds={of.adds} />
        <span className="end">
          {counts.error > 0 ? (
            <label className="tick-box">
              <input type="checkbox" checked={skipErrors} onChange={(event) => setSkipErrors(event.target.checked)} />
              {t('import.skipErrors', { count: counts.error })}
            </label>
          ) : null}
          <button type="button" className="btn" onClick={back}>
            {t('import.back')}
          </button>
          <button type="button" className="btn pri" disabled={blocked || isLoading} onClick={record}>
            {isLoading ? t('import.recording') : t('import.record', { count: counts.ok, number: format.count(counts.ok) })}
          </button>
        </span>
      </section>
      {counts.ok === 0 && counts.error === 0 ? <p className="tie">{t('import.nothingNew')}</p> : null}
    </>
  )
}
