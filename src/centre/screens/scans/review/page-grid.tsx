/** Thumbnails of pages under the names of their lists; recognised ones by the number of the work. */
import type { ReactNode } from 'react';
import { refusalTexts } from '../../../../ui/refusal-text.tsx';
import { useText } from '../../../../ui/text.ts';
import type { ScanGroup, ScanRow } from '../../../scans/review/contract.ts';
import { addressOf } from './page-memory.ts';
import { ScanClassMark, SheetNumber } from './scan-words.tsx';

interface Props {
  rows: readonly ScanRow[];
  count: (group: ScanGroup) => number;
  onOpen: (id: string) => void;
}

export function PageGrid({ rows, count, onOpen }: Props): ReactNode {
  const t = useText();
  return [...Map.groupBy(rows, ({ group }) => group)].map(([group, pages]) => (
    <section key={group} className="panel" aria-label={t(`scanReview.group.${group}`)}>
      <div className="panel-head">
        <h2>
          {t(`scanReview.group.${group}`)} <span className="number">{count(group)}</span>
        </h2>
      </div>
      {group === 'recognised' ? (
        <div className="scan-kits">
          {[...Map.groupBy(pages, ({ kit }) => kit)].map(([kit, ofKit]) => (
            <div key={kit ?? ''} className="scan-kit">
              <h3 className="number">{kit === null ? t('scanReview.withoutKit') : `#${kit}`}</h3>
              <Thumbnails rows={ofKit} onOpen={onOpen} />
            </div>
          ))}
        </div>
      ) : (
        <Thumbnails rows={pages} onOpen={onOpen} />
      )}
    </section>
  ));
}

function Thumbnails({ rows, onOpen }: Pick<Props, 'rows' | 'onOpen'>): ReactNode {
  return (
    <ul className="scan-thumbs">
      {rows.map((row) => (
        <li key={row.id}>
          <button type="button" className="scan-thumb" onClick={() => onOpen(row.id)}>
            <Thumbnail row={row} />
            <ThumbnailWords row={row} />
          </button>
        </li>
      ))}
    </ul>
  );
}

function Thumbnail({ row: { id, thumbnailTurn } }: { row: ScanRow }): ReactNode {
  const t = useText();
  return (
    <span className="scan-thumb-picture">
      {thumbnailTurn === null ? (
        <span className="remedy">{t('scanReview.noPicture')}</span>
      ) : (
        <img
          src={addressOf(id, 'thumbnail')}
          // What it shows the words below say.
          alt=""
          loading="lazy"
          style={thumbnailTurn === 0 ? {} : { transform: `rotate(${thumbnailTurn}deg)` }}
        />
      )}
    </span>
  );
}

function ThumbnailWords({ row }: { row: ScanRow }): ReactNode {
  const t = useText();
  const why =
    row.foreignReason !== null
      ? t(`scanReview.foreign.${row.foreignReason}`)
      : row.problem !== null && row.class === 'bad-image'
        ? refusalTexts(t, row.problem).what
        : null;
  return (
    <span className="scan-thumb-words">
      <ScanClassMark of={row.class} />
      {row.number !== null && (
        <>
          <SheetNumber number={row.number} />
          {row.side !== null && <span>{t('scanReview.side', { side: row.side })}</span>}
        </>
      )}
      {row.byPerson && <span className="remedy">{t('scanReview.byPerson')}</span>}
      {why !== null && (
        <span className="remedy two-lines" title={why}>
          {why}
        </span>
      )}
      <span className="remedy one-line" title={row.name}>
        {row.name}
      </span>
    </span>
  );
}
