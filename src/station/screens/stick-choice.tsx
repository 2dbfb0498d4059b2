/** Sticks that are plugged in, to write to; and files on them, to take. */
import { useEffect, type ReactNode } from 'react';
import { Progress, Radio, Spin } from 'antd';
import type { DrivesView } from '../../node/backup/contract.ts';
import { ActButton } from '../../ui/act-button.tsx';
import { bytes, dateTime } from '../../ui/format.ts';
import { RefusalAlert } from '../../ui/refusal-text.tsx';
import { useText } from '../../ui/text.ts';
import { useLive } from '../../ui/use-live.ts';
import { useAsked } from '../../ui/use-asked.ts';
import type { FoundFile } from '../contract.ts';
import type { StationClient } from './station-page.tsx';

export function useSticks(station: StationClient): DrivesView {
  const live = useLive('sticks', (signal) => station.stick.live(undefined, { signal }));
  return live.value ?? { drives: [], writing: null };
}

export function StickChoice({
  sticks: { drives, writing },
  chosen,
  onChoose,
}: {
  sticks: DrivesView;
  chosen: string | null;
  onChoose: (path: string | null) => void;
}): ReactNode {
  const t = useText();
  const [only, second] = drives;
  const gone = chosen !== null && !drives.some(({ path }) => path === chosen);
  useEffect(() => {
    if (gone) onChoose(null);
    else if (chosen === null && only && !second) onChoose(only.path);
  }, [gone, chosen, only, second, onChoose]);
  if (drives.length === 0) return <p role="status">{t('station.noStick')}</p>;
  return (
    <>
      <Radio.Group
        className="stack"
        value={chosen}
        onChange={(event) => onChoose(event.target.value as string)}
        options={drives.map(({ path, name, freeBytes }) => ({
          value: path,
          label: t('station.stickFree', { name, free: bytes(freeBytes, t.language) }),
        }))}
      />
      {writing && (
        <Progress
          percent={Math.floor((writing.doneBytes / Math.max(1, writing.allBytes)) * 100)}
          aria-label={t(writing.stage === 'writing' ? 'station.stickWriting' : 'station.stickChecking')}
        />
      )}
    </>
  );
}

/** Files of which only what they are about matters here. */
export const unproved = (one: Pick<FoundFile, 'path' | 'name' | 'createdAt' | 'about'>): FoundFile => ({
  ...one,
  number: null,
  rootFingerprint: null,
});

/** Files of one kind on the sticks, looked through again and again: somebody may be writing to one just now. */
export function FoundFiles({
  sticks,
  find,
  empty,
  titleOf = ({ about, name }) => about || name,
  action,
  again = false,
  take,
}: {
  sticks: DrivesView;
  find: () => Promise<FoundFile[]>;
  /** What will appear here, and what to do for it. */
  empty: string;
  titleOf?: (file: FoundFile) => string;
  action: string;
  /** One was taken already: taking another one is possible, and not what is to be done now. */
  again?: boolean;
  take: (file: FoundFile) => Promise<unknown>;
}): ReactNode {
  const t = useText();
  const key = sticks.drives.map(({ path }) => path).join('\n');
  const found = useAsked(`found ${key}`, find);
  const files = found.value?.toSorted((a, b) => b.createdAt - a.createdAt) ?? [];
  if (found.refusal) return <RefusalAlert refusal={found.refusal} />;
  if (found.value === null)
    return (
      <p className="soft" role="status">
        <Spin size="small" /> {t('station.lookingThrough')}
      </p>
    );
  if (files.length === 0)
    return (
      <p className="soft" role="status">
        {empty}
      </p>
    );
  return (
    <ul className="station-files">
      {files.map((file, i) => (
        <li key={file.path} className="row">
          <div className="grow">
            <strong>{titleOf(file)}</strong>
            <div className="soft">
              {file.name} · {dateTime(file.createdAt)}
            </div>
            {file.rootFingerprint !== null && (
              <div>
                {t('station.rootFingerprint')} <span className="station-figure">{file.rootFingerprint}</span>
              </div>
            )}
          </div>
          <ActButton type={i === 0 && !again ? 'primary' : 'default'} act={() => take(file)}>
            {action}
          </ActButton>
        </li>
      ))}
    </ul>
  );
}
