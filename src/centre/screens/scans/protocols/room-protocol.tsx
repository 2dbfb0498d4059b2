/** What is declared of a room, beside what came of it. */
import type { ReactNode } from 'react';
import { Collapse } from 'antd';
import { Facts } from '../../../../ui/facts.tsx';
import { Listing } from '../../../../ui/listing.tsx';
import { checkMarks, Mark } from '../../../../ui/state-mark.tsx';
import { useText } from '../../../../ui/text.ts';
import type { ProtocolRoom, ProtocolVersion } from '../../../protocols/contract.ts';

export function RoomProtocol({ room, action }: { room: ProtocolRoom; action?: ReactNode }): ReactNode {
  const t = useText();
  const [newest, ...older] = room.versions;
  return (
    <section className="panel stack">
      <div className="panel-head">
        <h2>{room.room === '' ? t('protocols.noRoom') : t('protocols.roomTitle', { room: room.room })}</h2>
        {newest ? (
          <span className="soft">{t('protocols.versionOf', { ...newest })}</span>
        ) : (
          <Mark {...checkMarks.waiting} word={t('protocols.notGiven')} />
        )}
        {room.late && <Mark {...checkMarks.warning} word={t('protocols.isLate')} nowrap />}
        {action}
      </div>
      <p className="soft">{t('protocols.inRegister', room.received)}</p>
      {newest &&
        (room.differences.length === 0 ? (
          <Mark {...checkMarks.passed} word={t('protocols.same')} />
        ) : (
          <Listing
            rows={room.differences}
            rowKey={({ what }) => what}
            columns={({ column, figures }) => [
              column(t('protocols.differences'), ({ what }) => (
                <Mark {...checkMarks.warning} word={t(`protocols.difference.${what}`)} />
              )),
              figures(t('protocols.declared'), ({ declared }) => declared),
              figures(t('protocols.received'), ({ received }) => received),
              column(t('protocols.about'), ({ kits }) => (kits.length === 0 ? '–' : kits.join(', '))),
            ]}
          />
        ))}
      {newest && <Declared version={newest} />}
      {older.length > 0 && (
        <Collapse
          size="small"
          items={[
            {
              key: 'older',
              label: t('protocols.history', { count: older.length }),
              children: older.map((version) => (
                <div key={version.version} className="stack">
                  <span className="soft">{t('protocols.versionOf', { ...version })}</span>
                  <Declared version={version} />
                </div>
              )),
            },
          ]}
        />
      )}
    </section>
  );
}

function Declared({ version: { body } }: { version: ProtocolVersion }): ReactNode {
  const t = useText();
  const { spoiledKits, ...rest } = body;
  return (
    <Facts
      of={[
        ...(Object.keys(rest) as (keyof typeof rest)[])
          .filter((field) => rest[field] !== '')
          .map((field): [string, string] => [t(`protocols.field.${field}`), String(rest[field])]),
        [t('protocols.field.spoiledKits'), spoiledKits.length === 0 ? null : spoiledKits.join(', ')],
      ]}
    />
  );
}
