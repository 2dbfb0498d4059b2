/** Packages go to sticks, the centre's answers come back, and END_SCAN is the end. */
import { useCallback, useState, type ReactNode } from 'react';
import { App } from 'antd';
import { ActButton } from '../../../ui/act-button.tsx';
import { screenGate } from '../../../ui/gate-button.tsx';
import { NowLine } from '../../../ui/now-line.tsx';
import { RefusalAlert } from '../../../ui/refusal-text.tsx';
import { Mark } from '../../../ui/state-mark.tsx';
import { useText, type Text } from '../../../ui/text.ts';
import { useLoaded } from '../../../ui/use-loaded.ts';
import type { ScanRoomRow } from '../../scan/contract.ts';
import type { StationStepProps } from '../station-page.tsx';
import { FoundFiles, StickChoice, unproved, useSticks } from '../stick-choice.tsx';
import { roomWords } from './room-words.ts';
import './scan.css';

type Package = ScanRoomRow['packages'][number];

export function ScanCarryStep({ station, view: { open } }: StationStepProps): ReactNode {
  const t = useText();
  const { message } = App.useApp();
  const sticks = useSticks(station);
  const [drive, setDrive] = useState<string | null>(null);
  const choose = useCallback((path: string | null) => setDrive(path), []);
  const loaded = useLoaded(`scan ${open !== null}`, () => station.scan.view());
  const all =
    loaded.value?.rooms.flatMap(({ room, packages }) => packages.map((one) => ({ room, one }))) ?? [];
  const fresh = all.filter(({ one }) => one.written === 0);
  const write = async (of: typeof all): Promise<void> => {
    const { written } = await station.scan.packages.write({
      drive: drive ?? '',
      ids: of.map(({ one }) => one.id),
    });
    void message.success(t('stationScan.wrote', { written }));
    loaded.reload();
  };
  const onStick = drive !== null;
  return (
    <>
      <NowLine>{t(nowKey(all.map(({ one }) => one)))}</NowLine>
      {loaded.refusal && <RefusalAlert refusal={loaded.refusal} />}
      <section className="panel">
        <h2>{t('stationScan.packages')}</h2>
        {all.length === 0 && <p className="soft">{t('stationScan.noPackages')}</p>}
        <ul className="station-files">
          {all.map(({ room, one }) => (
            <li key={one.id} className="row">
              <strong>{roomWords(t, room)}</strong>
              <span className="soft grow">
                {t('stationScan.packagePart', { part: one.part, parts: one.parts, pages: one.pages })}
                {one.replaces !== null && ` · ${t('stationScan.replaces')}`}
              </span>
              <PackageMark one={one} />
            </li>
          ))}
        </ul>
        <StickChoice sticks={sticks} chosen={drive} onChoose={choose} />
        <div className="row-end">
          <ActButton gate={screenGate(onStick && all.length > 0, 'form-incomplete')} act={() => write(all)}>
            {t('stationScan.writeAll')}
          </ActButton>
          <ActButton
            type="primary"
            gate={screenGate(onStick && fresh.length > 0, 'form-incomplete')}
            act={() => write(fresh)}
          >
            {t('stationScan.writeNew')}
          </ActButton>
        </div>
      </section>
      <div className="station-scan-two">
        <section className="panel">
          <h2>{t('stationScan.words')}</h2>
          <FoundFiles
            sticks={sticks}
            find={async () => (await station.scan.words.find()).map(unproved)}
            empty={t('stationScan.noWords')}
            titleOf={() => t('stationScan.words')}
            action={t('stationScan.takeWords')}
            take={async ({ path }) => {
              const { rooms } = await station.scan.words.take({ path });
              void message.success(
                t('stationScan.wordsTaken', {
                  rooms: rooms.length > 0 ? rooms.join(', ') : t('stationScan.wordsNone'),
                }),
              );
              loaded.reload();
            }}
          />
        </section>
        <section className="panel">
          <h2>{t('stationScan.journal')}</h2>
          <p>{t('stationScan.journalHow')}</p>
          <div className="row-end">
            <ActButton
              gate={screenGate(onStick, 'form-incomplete')}
              act={() => station.scan.journal.write({ drive: drive ?? '' })}
              done={t('stationScan.journalWritten')}
            >
              {t('stationScan.writeJournal')}
            </ActButton>
          </div>
        </section>
      </div>
    </>
  );
}

function PackageMark({ one }: { one: Package }): ReactNode {
  const t = useText();
  const { written, word } = one;
  if (word)
    return (
      <Mark
        {...(word.state === 'rejected' || word.quality === 'rescan'
          ? { shape: '▲', tone: 'amber' }
          : { shape: '✓', tone: 'green' })}
        word={wordOf(t, word)}
      />
    );
  return written === 0 ? (
    <Mark shape="○" tone="grey" word={t('stationScan.notWritten')} />
  ) : (
    <Mark shape="●" tone="blue" word={t('stationScan.writtenTimes', { written })} />
  );
}

function wordOf(t: Text, { state, quality, reason }: NonNullable<Package['word']>): string {
  const first = t(`stationScan.word.${state}`, { reason });
  return state === 'rejected' ? first : `${first} · ${t(`stationScan.quality.${quality}`, { reason })}`;
}

/** What is to be done next, as far as what lies here and what the centre has said of it tell. */
function nowKey(packages: readonly Package[]) {
  if (packages.length === 0) return 'stationScan.carryNothing';
  if (packages.some(({ written }) => written === 0)) return 'stationScan.carryNow';
  return packages.every(({ word }) => word?.state === 'confirmed' && word.quality === 'good')
    ? 'stationScan.carryEnd'
    : 'stationScan.carryWait';
}
