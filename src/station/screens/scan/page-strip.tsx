/** The pages of a room as they come, the newest first. */
import type { ReactNode } from 'react';
import { Mark } from '../../../ui/state-mark.tsx';
import { useText, type Text } from '../../../ui/text.ts';
import { grouped } from '../../../exam/form/sheet-number.ts';
import type { ScanPage } from '../../scan/contract.ts';

export const pageMarks = {
  reading: { shape: '…', tone: 'grey' },
  fits: { shape: '✓', tone: 'green' },
  form: { shape: '▤', tone: 'teal' },
  problem: { shape: '▲', tone: 'amber' },
  removed: { shape: '–', tone: 'grey' },
  again: { shape: '=', tone: 'grey' },
  superseded: { shape: '↻', tone: 'grey' },
} as const;

export function pageWords(t: Text, page: ScanPage): string {
  return page.problem === null
    ? t(`stationScan.page.${page.state}`)
    : t(`stationScan.problem.${page.problem}`);
}

export function PageStrip({
  pages,
  onOpen,
}: {
  pages: readonly ScanPage[];
  onOpen: (id: string) => void;
}): ReactNode {
  const t = useText();
  return (
    <section className="panel" aria-label={t('stationScan.pages')}>
      <h2>
        {t('stationScan.pages')} <span className="number">{pages.length}</span>
      </h2>
      {pages.length === 0 && <p className="soft">{t('stationScan.noPages')}</p>}
      <ul className="station-scan-strip">
        {pages.toReversed().map((page) => (
          <li key={page.id}>
            <button
              type="button"
              className={`station-scan-page is-${page.state}`}
              onClick={() => onOpen(page.id)}
            >
              <span className="station-scan-picture">
                {page.hasThumbnail && <img src={`/scan/${page.id}/thumbnail`} alt="" loading="lazy" />}
              </span>
              <Mark {...pageMarks[page.state]} word={pageWords(t, page)} />
              {page.number !== null && <span className="station-scan-number">{grouped(page.number)}</span>}
              <span className="soft">{aboutPage(t, page)}</span>
            </button>
          </li>
        ))}
      </ul>
    </section>
  );
}

export function aboutPage(t: Text, { kind, side, kit, form, empty }: ScanPage): string {
  return [
    form === null ? null : t(`stationScan.form.${form}`),
    kind === null ? null : t(`scanReview.kind.${kind}`),
    side === null ? null : t('stationScan.side', { side }),
    kit === null ? null : t('stationScan.kitNumber', { kit }),
    empty && form === null ? t('stationScan.empty') : null,
  ]
    .filter((word) => word !== null)
    .join(', ');
}
