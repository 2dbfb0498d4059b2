/** Sticks that are plugged in: files on them to take, and writing to one. */
import { useEffect, useState, type ReactNode } from 'react';
import { Progress, Radio } from 'antd';
import type { GateView } from '../../../node/contract.ts';
import type { DrivesView } from '../../../node/backup/contract.ts';
import type { Refusal } from '../../../base/result.ts';
import { ActButton } from '../../../ui/act-button.tsx';
import { DialogButton } from '../../../ui/dialog.tsx';
import { FileButton } from '../../../ui/file-drop.tsx';
import { Form } from '../../../ui/form.tsx';
import { bytes } from '../../../ui/format.ts';
import { screenGate } from '../../../ui/gate-button.tsx';
import { Listing } from '../../../ui/listing.tsx';
import { RefusalText } from '../../../ui/refusal-text.tsx';
import { both, useRoleGate } from '../../../ui/role-gate.ts';
import { CheckStateMark, Mark, checkMarks } from '../../../ui/state-mark.tsx';
import { useText } from '../../../ui/text.ts';
import { useLoaded } from '../../../ui/use-loaded.ts';
import { useVisible } from '../../../ui/use-visible.ts';
import { paperDayContract, type StickFileView } from '../../paper-day/contract.ts';
import type { SiteClient } from '../site-console.tsx';

const lookEveryMs = 3_000;

export interface SticksHere {
  readonly drives: DrivesView['drives'];
  readonly writing: DrivesView['writing'];
  readonly files: readonly StickFileView[];
  /** Whether whoever is signed in may use them. */
  readonly gate: GateView;
}

/** Asked for again and again: a stream of its own would be the page's second. */
export function useSticksHere(site: SiteClient): SticksHere {
  const gate = useRoleGate(paperDayContract.stick.look);
  const visible = useVisible();
  const [round, setRound] = useState(0);
  const asks = gate.allowed && visible;
  useEffect(() => {
    if (!asks) return undefined;
    const timer = setInterval(() => setRound((before) => before + 1), lookEveryMs);
    return () => clearInterval(timer);
  }, [asks]);
  const { value } = useLoaded(asks ? `sticks ${round}` : null, () => site.paperDay.stick.look());
  return { drives: value?.drives ?? [], writing: value?.writing ?? null, files: value?.files ?? [], gate };
}

/** Writes something to a stick; where several are plugged in, to one that is chosen. */
export function StickButton({
  sticks,
  label,
  write,
  gate = { allowed: true },
  primary = false,
  small = false,
}: {
  sticks: SticksHere;
  label: string;
  write: (drive: string) => Promise<unknown>;
  gate?: GateView;
  primary?: boolean;
  small?: boolean;
}): ReactNode {
  const t = useText();
  const { drives } = sticks;
  const [only, second] = drives;
  const look = {
    ...(primary ? { type: 'primary' as const } : {}),
    ...(small ? { size: 'small' as const } : {}),
    gate: both(both(sticks.gate, gate), screenGate(drives.length > 0, 'no-stick-here')),
  };
  if (only === undefined || second === undefined)
    return (
      <ActButton {...look} act={() => write(only?.path ?? '')} done={t('siteDay.written')}>
        {label}
      </ActButton>
    );
  return (
    <DialogButton {...look} label={`${label}…`}>
      {(close) => <ChooseStick sticks={sticks} label={label} write={write} close={close} />}
    </DialogButton>
  );
}

function ChooseStick({
  sticks: { drives },
  label,
  write,
  close,
}: {
  sticks: SticksHere;
  label: string;
  write: (drive: string) => Promise<unknown>;
  close: () => void;
}): ReactNode {
  const t = useText();
  const [chosen, setChosen] = useState<string | null>(null);
  const drive = drives.find(({ path }) => path === chosen)?.path;
  return (
    <Form
      submit={label}
      ready={drive !== undefined}
      onCancel={close}
      done={t('siteDay.written')}
      onSubmit={async () => {
        await write(drive ?? '');
        close();
      }}
    >
      <Radio.Group
        className="stack"
        value={chosen}
        onChange={(event) => setChosen(event.target.value as string)}
        options={drives.map(({ path, name, freeBytes }) => ({
          value: path,
          label: t('station.stickFree', { name, free: bytes(freeBytes, t.language) }),
        }))}
      />
    </Form>
  );
}

/** How far the stick is that is being written. */
export function StickProgress({ sticks: { writing } }: { sticks: SticksHere }): ReactNode {
  const t = useText();
  if (!writing) return null;
  return (
    <div role="status">
      <Progress
        percent={Math.floor((100 * writing.doneBytes) / Math.max(1, writing.allBytes))}
        status="active"
      />
      {t(writing.stage === 'writing' ? 'folder.writing' : 'folder.checking', {
        done: bytes(writing.doneBytes, t.language),
        all: bytes(writing.allBytes, t.language),
        folder: writing.folder,
      })}
    </div>
  );
}

interface TakenFile {
  readonly path: string;
  readonly name: string;
  readonly known: boolean;
  readonly refusal: Refusal | null;
}

/** Files of some kinds that are on the sticks, to take one by one or all; and what came of it, until the next try. */
export function FilesHere({
  site,
  sticks,
  kinds,
  hint,
  primary = false,
}: {
  site: SiteClient;
  sticks: SticksHere;
  kinds: readonly StickFileView['kind'][];
  /** What will appear here, and what to do for it. */
  hint: string;
  primary?: boolean;
}): ReactNode {
  const t = useText();
  const [taken, setTaken] = useState<readonly TakenFile[]>([]);
  const files = sticks.files.filter(({ kind }) => kinds.includes(kind));
  const take = async (paths: readonly string[]): Promise<void> => {
    const done = await site.paperDay.stick.take({ paths: [...paths] });
    setTaken(
      done.map((one) => ({
        path: one.path,
        name: one.name,
        known: one.taken?.known ?? false,
        refusal: one.refusal,
      })),
    );
  };
  const resultOf = (path: string): TakenFile | undefined => taken.find((one) => one.path === path);
  const gone = taken.filter(({ path, refusal }) => refusal && !files.some((file) => file.path === path));
  return (
    <section className="panel">
      <div className="panel-head">
        <h2>{t('siteDay.onSticks')}</h2>
        <div className="row">
          <FileButton
            label={t('siteDay.takeFile')}
            hint={hint}
            gate={sticks.gate}
            onFile={(uploadId) => site.paperDay.takeFile({ uploadId })}
          />
          <ActButton
            {...(primary && files.length > 0 ? { type: 'primary' as const } : {})}
            gate={both(sticks.gate, screenGate(files.length > 0, 'no-files-here'))}
            act={() => take(files.map(({ path }) => path))}
          >
            {t('siteDay.takeAll')}
          </ActButton>
        </div>
      </div>
      {gone.map(({ path, name, refusal }) => (
        <p key={path} role="status">
          <Mark {...checkMarks.failed} word={name} /> {refusal && <RefusalText refusal={refusal} />}
        </p>
      ))}
      <Listing
        rows={files}
        rowKey={(file) => file.path}
        empty={
          <p className="soft" role="status">
            {hint}
          </p>
        }
        columns={({ column, moment }) => [
          column(t('siteDay.file'), (file) => (
            <>
              <strong>{t(`siteDay.kind.${file.kind}`)}</strong>
              <div className="soft any-length">{file.name}</div>
            </>
          )),
          column(t('siteDay.about'), (file) =>
            [
              file.subject,
              file.station && t('siteDay.stationNo', { number: file.station }),
              file.room && t('siteDay.roomNo', { room: file.room }),
              file.number && `№ ${file.number}`,
            ]
              .filter(Boolean)
              .join(' · '),
          ),
          moment(t('siteDay.madeAt'), (file) => file.createdAt),
          column(t('siteDay.result'), (file) => {
            const result = resultOf(file.path);
            if (!result) return '–';
            if (result.refusal)
              return (
                <>
                  <Mark {...checkMarks.failed} word={t('siteDay.notTaken')} />{' '}
                  <RefusalText refusal={result.refusal} />
                </>
              );
            return <CheckStateMark state="passed" word={result.known ? 'siteDay.known' : 'siteDay.taken'} />;
          }),
          column(t('column.actions'), (file) => (
            <ActButton size="small" gate={sticks.gate} act={() => take([file.path])}>
              {t('siteDay.take')}
            </ActButton>
          )),
        ]}
      />
    </section>
  );
}
