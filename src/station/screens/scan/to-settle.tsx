/** What does not fit in a room, each with what helps. */
import type { ReactNode } from 'react';
import { Button } from 'antd';
import { ActButton } from '../../../ui/act-button.tsx';
import { grouped } from '../../../exam/form/sheet-number.ts';
import { Mark } from '../../../ui/state-mark.tsx';
import { useText, type Text } from '../../../ui/text.ts';
import type { ScanRoomView } from '../../scan/contract.ts';
import type { StationClient } from '../station-page.tsx';
import { pageMarks, pageWords } from './page-strip.tsx';

export function ToSettle({
  station,
  view: { pages, problems, unfit },
  onOpen,
}: {
  station: StationClient;
  view: ScanRoomView;
  onOpen: (page: string) => void;
}): ReactNode {
  const t = useText();
  const open = pages.filter(({ problem }) => problem !== null);
  const foreign = open.filter(({ problem }) => problem === 'other-room');
  return (
    <section className="panel" aria-label={t('stationScan.toSettle')}>
      <h2>
        {t('stationScan.toSettle')} <span className="number">{unfit}</span>
      </h2>
      {unfit === 0 && <p role="status">{t('stationScan.allFits')}</p>}
      {foreign.length > 1 && (
        <div className="row-end">
          <ActButton
            act={async () => {
              // A whole stack of another room: each page as if somebody had looked at it, and each can be taken back.
              for (const { id, seen } of foreign)
                await station.scan.page.decide({ page: id, seen, decision: { what: 'removed' } });
            }}
          >
            {t('stationScan.removeForeign', { count: foreign.length })}
          </ActButton>
        </div>
      )}
      <ul className="station-scan-list">
        {open.map((page) => (
          <li key={page.id}>
            <div>
              <Mark {...pageMarks.problem} word={pageWords(t, page)} />{' '}
              {page.number !== null && <span className="station-scan-number">{grouped(page.number)}</span>}
            </div>
            <Button size="small" onClick={() => onOpen(page.id)}>
              {t('stationScan.look')}
            </Button>
          </li>
        ))}
        {problems.map((one) => (
          <li key={JSON.stringify(one)}>
            <div>
              <Mark {...pageMarks.problem} word={roomProblemWords(t, one)} />
              <span className="remedy">{t(helpOf(one))}</span>
            </div>
          </li>
        ))}
      </ul>
    </section>
  );
}

type Problem = ScanRoomView['problems'][number];

function roomProblemWords(t: Text, one: Problem): string {
  switch (one.type) {
    case 'sheet-missing':
      return t('stationScan.missing', {
        kit: one.kit,
        kind: t(`scanReview.kind.${one.kind}`),
        number: grouped(one.number),
        side: one.side,
      });
    case 'rescan-asked':
      return t('stationScan.rescan', { number: grouped(one.number), side: one.side });
    case 'count-differs':
      return t(`stationScan.differs.${one.what}`, { declared: one.declared, found: one.found });
    default:
      return t('stationScan.roomJournalMissing');
  }
}

function helpOf({ type }: Problem) {
  return (
    {
      'sheet-missing': 'stationScan.missingHelp',
      'rescan-asked': 'stationScan.rescanHelp',
      'count-differs': 'stationScan.differsHelp',
      'journal-missing': 'stationScan.roomJournalHelp',
    } as const
  )[type];
}
