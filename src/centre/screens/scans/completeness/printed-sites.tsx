/** Lists of what came as pages to print: the heading is repeated on each of them. */
import type { ReactNode } from 'react';
import { Button } from 'antd';
import { PrinterOutlined } from '@ant-design/icons';
import { missingOf, scansOf } from '../../../../exam/scan/completeness.ts';
import '../../../../ui/exam-record.css';
import { RefusalAlert } from '../../../../ui/refusal-text.tsx';
import { useText } from '../../../../ui/text.ts';
import { useLoaded } from '../../../../ui/use-loaded.ts';
import type { EventRow, KitRow, SiteKits, SiteRow } from '../../../completeness/contract.ts';
import { columnName, SideLegend, sideMarks } from './side-marks.tsx';

export function PrintButton({ onClick }: { onClick: () => void }): ReactNode {
  const t = useText();
  return (
    <Button icon={<PrinterOutlined aria-hidden />} onClick={onClick}>
      {t('print')}
    </Button>
  );
}

/** A page with its two buttons; the heading is part of the table's head, which browsers repeat on every page. */
export function Printed(props: { back: () => void; children: ReactNode }): ReactNode {
  const t = useText();
  return (
    <div className="stack">
      <div className="row no-print">
        <Button onClick={props.back}>{t('back')}</Button>
        <PrintButton onClick={() => window.print()} />
      </div>
      <article className="record printed-list">{props.children}</article>
    </div>
  );
}

export function PrintedHead(props: {
  title: string;
  event: Pick<EventRow, 'name' | 'date'>;
  site?: Pick<SiteRow, 'siteCode' | 'siteName'>;
  at: number;
  columns: number;
}): ReactNode {
  const t = useText();
  const { title, event, site, at, columns } = props;
  return (
    <tr>
      <th colSpan={columns} className="printed-head">
        <strong>{title}</strong>
        <div>
          {event.name} · {event.date}
          {site && ` · ${t('completeness.site')} ${site.siteCode} ${site.siteName ?? ''}`}
        </div>
        <small>{t('completeness.printed', { at })}</small>
      </th>
    </tr>
  );
}

export function PrintedSites(props: {
  event: EventRow;
  back: () => void;
  load: () => Promise<{ rows: readonly SiteRow[] }>;
}): ReactNode {
  const t = useText();
  const { event, back, load } = props;
  const all = useLoaded('print', async () => ({ ...(await load()), at: Date.now() }));
  if (all.refusal) return <RefusalAlert refusal={all.refusal} />;
  if (!all.value) return null;
  const figures = ['kits', 'scans', 'filled', 'duplicate', 'empty', 'missing'] as const;
  return (
    <Printed back={back}>
      <table>
        <thead>
          <PrintedHead
            title={t('completeness.title')}
            event={event}
            at={all.value.at}
            columns={figures.length + 2}
          />
          <tr>
            <th>{t('completeness.site')}</th>
            <th>{t('completeness.region')}</th>
            {figures.map((one) => (
              <th key={one} className="number">
                {t(`completeness.${one}`)}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {all.value.rows.map(({ siteCode, siteName, region, sums }) => {
            const values = { ...sums, scans: scansOf(sums), missing: missingOf(sums) };
            return (
              <tr key={siteCode}>
                <td>
                  {siteCode} {siteName}
                </td>
                <td>{region ?? '–'}</td>
                {figures.map((one) => (
                  <td key={one} className="number">
                    {values[one]}
                  </td>
                ))}
              </tr>
            );
          })}
        </tbody>
      </table>
    </Printed>
  );
}

export function PrintedKits(props: { back: () => void; load: () => Promise<SiteKits> }): ReactNode {
  const t = useText();
  const all = useLoaded('print', props.load);
  if (all.refusal) return <RefusalAlert refusal={all.refusal} />;
  if (!all.value) return null;
  const { event, site, columns, kits, at } = all.value;
  return (
    <Printed back={props.back}>
      <table>
        <thead>
          <PrintedHead
            title={t('completeness.title')}
            event={event}
            site={site}
            at={at}
            columns={columns.length + 2}
          />
          <tr>
            <th>{t('completeness.kit')}</th>
            <th>{t('completeness.room')}</th>
            {columns.map((column) => (
              <th key={`${column.kind} ${column.place}`}>{columnName(t, column)}</th>
            ))}
          </tr>
        </thead>
        <tbody>
          {kits.map((row) => (
            <PrintedKit key={row.kit} row={row} />
          ))}
        </tbody>
      </table>
      <SideLegend />
    </Printed>
  );
}

function PrintedKit({ row: { kit, room, sheets } }: { row: KitRow }): ReactNode {
  return (
    <tr>
      <td className="number">{kit}</td>
      <td>{room}</td>
      {sheets.map((sheet, i) => (
        // oxlint-disable-next-line react/no-array-index-key -- a column is its place
        <td key={i}>
          {sheet === null
            ? ''
            : [sheet.side1, sheet.side2]
                .flatMap((side) => (side === null ? [] : sideMarks[side].shape))
                .join(' ')}
        </td>
      ))}
    </tr>
  );
}
