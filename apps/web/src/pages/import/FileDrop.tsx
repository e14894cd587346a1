import { useTranslation } from 'react-i18next'
import { DropArea } from '../../components/common/DropArea.tsx'
import { Icon } from '../../components/common/Icon.tsx'

/** The place for a file: dropped anywhere on it, or chosen. */
export function FileDrop({ busy, onFiles }: { busy: boolean; onFiles: (files: readonly File[]) => void }) {
  const { t } = useTranslation()
  return (
    <DropArea onFiles={onFiles}>
      <div className="in" aria-busy={busy}>
        <p>
          <b>{busy ? t('import.reading') : t('import.drop')}</b>
          <br />
          <span className="muted">{t('import.formats')}</span>
        </p>
        <div className="centred">
          <label className="btn pri">
            <Icon name="import" small />
            {t('import.choose')}
            <input className="sr" type="file" disabled={busy} onChange={(event) => onFiles([...(event.target.files ?? [])])} />
          </label>
        </div>
        <p className="muted small">{t('import.promise')}</p>
      </div>
    </DropArea>
  )
}
