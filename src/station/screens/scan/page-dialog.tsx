/** One page, near enough to read its number, with what a person may decide about it. */
import { useId, useState, type ReactNode } from 'react';
import { Button, Input, Modal, Radio, Select } from 'antd';
import { grouped } from '../../../exam/form/sheet-number.ts';
import { siteForms } from '../../../exam/paper-day/parcels.ts';
import type { PageDecision } from '../../../exam/paper-day/scan-decisions.ts';
import { remedies } from '../../../exam/paper-day/scan-room.ts';
import { ActButton } from '../../../ui/act-button.tsx';
import { Field } from '../../../ui/field.tsx';
import { screenGate } from '../../../ui/gate-button.tsx';
import { RefusalNotice } from '../../../ui/refusal-notice.tsx';
import { RefusalText } from '../../../ui/refusal-text.tsx';
import { NumberField } from '../../../ui/scans/number-field.tsx';
import { Mark } from '../../../ui/state-mark.tsx';
import { useText } from '../../../ui/text.ts';
import type { ScanPage } from '../../scan/contract.ts';
import type { StationClient } from '../station-page.tsx';
import { aboutPage, pageMarks, pageWords } from './page-strip.tsx';
import { roomWords } from './room-words.ts';

interface Props {
  station: StationClient;
  page: ScanPage;
  /** The room is: something can be decided. */
  open: boolean;
  onClose: () => void;
}

export function PageDialog({ station, page, open, onClose }: Props): ReactNode {
  const t = useText();
  const [near, setNear] = useState(false);
  const decide = async (decision: PageDecision): Promise<void> => {
    await station.scan.page.decide({ page: page.id, seen: page.seen, decision });
    onClose();
  };
  const offered = new Set(page.problem === null ? [] : remedies[page.problem]);
  const { problem } = page;
  return (
    <Modal
      open
      width={1180}
      footer={null}
      className="station-scan-dialog"
      title={t('stationScan.picture', { number: page.seq })}
      onCancel={onClose}
    >
      <div className="station-scan-look">
        <div className={`station-scan-image ${near ? 'is-near' : ''}`}>
          {page.state !== 'reading' && problem !== 'bad-image' && (
            <img
              src={`/scan/${page.id}/image`}
              alt={page.number === null ? pageWords(t, page) : grouped(page.number)}
              style={{ transform: `rotate(${page.rotation}deg)` }}
            />
          )}
        </div>
        <div className="stack">
          <div className="row">
            <Mark {...pageMarks[page.state]} word={pageWords(t, page)} />
            <Button size="small" onClick={() => setNear(!near)}>
              {t(near ? 'stationScan.smaller' : 'stationScan.larger')}
            </Button>
          </div>
          {page.number !== null && <div className="station-figure">{grouped(page.number)}</div>}
          <div className="soft">{aboutPage(t, page)}</div>
          {problem !== null && (
            <p>
              {t(`stationScan.remedy.${problem}`, {
                room: page.roomOfSheet ?? '',
                kit: page.kit ?? '',
              })}
            </p>
          )}
          {page.why && (
            <p className="soft">
              <RefusalText refusal={page.why} />
            </p>
          )}
          {page.mates.length > 0 && (
            <p>
              {t('stationScan.mates', {
                places: page.mates.map(({ room }) => roomWords(t, room)).join(', '),
              })}
            </p>
          )}
          {open && offered.has('number') && <NumberPart page={page} decide={decide} />}
          {open && offered.has('form') && <FormPart decide={decide} />}
          {open && offered.has('kit') && <KitPart decide={decide} />}
          {open && offered.has('taken') && <TakePart needsNote={problem !== 'empty'} decide={decide} />}
          {open && (
            <div className="row-end">
              {page.state === 'removed' ? (
                <ActButton act={() => decide({ what: 'restored' })}>{t('stationScan.restore')}</ActButton>
              ) : (
                <ActButton danger act={() => decide({ what: 'removed' })}>
                  {t('stationScan.remove')}
                </ActButton>
              )}
            </div>
          )}
        </div>
      </div>
      <RefusalNotice />
    </Modal>
  );
}

type Decide = (decision: PageDecision) => Promise<void>;

/** As many digits as the longest number has. */
const mostDigits = 24;

function NumberPart({ page, decide }: { page: ScanPage; decide: Decide }): ReactNode {
  const t = useText();
  const [field, state] = [useId(), useId()];
  const [number, setNumber] = useState('');
  const [side, setSide] = useState<1 | 2>(page.side ?? 1);
  return (
    <div className="stack">
      <label htmlFor={field}>{t('stationScan.number')}</label>
      <NumberField
        id={field}
        digits={number}
        most={mostDigits}
        onChange={setNumber}
        disabled={false}
        describedBy={state}
        wrong={false}
        ref={null}
      />
      <div className="row" id={state}>
        <Radio.Group
          className="grow"
          value={side}
          options={[
            { value: 1, label: t('stationScan.sideOne') },
            { value: 2, label: t('stationScan.sideTwo') },
          ]}
          onChange={({ target }) => setSide(target.value === 2 ? 2 : 1)}
        />
        <ActButton
          gate={screenGate(number.length >= 4, 'form-incomplete')}
          act={() => decide({ what: 'number', number, side })}
        >
          {t('stationScan.saveNumber')}
        </ActButton>
      </div>
    </div>
  );
}

function FormPart({ decide }: { decide: Decide }): ReactNode {
  const t = useText();
  const [form, setForm] = useState<(typeof siteForms)[number]>('room-protocol');
  return (
    <div className="stack">
      <Field label={t('stationScan.formKind')}>
        <Select
          value={form}
          options={siteForms.map((one) => ({ value: one, label: t(`stationScan.form.${one}`) }))}
          onChange={setForm}
        />
      </Field>
      <div className="row-end">
        <ActButton act={() => decide({ what: 'form', form })}>{t('stationScan.saveForm')}</ActButton>
      </div>
    </div>
  );
}

function KitPart({ decide }: { decide: Decide }): ReactNode {
  const t = useText();
  const [kit, setKit] = useState('');
  return (
    <div className="stack">
      <Field label={t('stationScan.kit')}>
        <Input size="large" value={kit} maxLength={24} onChange={({ target }) => setKit(target.value)} />
      </Field>
      <div className="row-end">
        <ActButton
          type="primary"
          gate={screenGate(kit.trim() !== '', 'form-incomplete')}
          act={() => decide({ what: 'kit', kit: kit.trim() })}
        >
          {t('stationScan.saveKit')}
        </ActButton>
      </div>
    </div>
  );
}

function TakePart({ needsNote, decide }: { needsNote: boolean; decide: Decide }): ReactNode {
  const t = useText();
  const [note, setNote] = useState('');
  return (
    <div className="stack">
      {needsNote && (
        <Field label={t('stationScan.note')}>
          <Input value={note} maxLength={500} onChange={({ target }) => setNote(target.value)} />
        </Field>
      )}
      <div className="row-end">
        <ActButton
          gate={screenGate(!needsNote || note.trim() !== '', 'form-incomplete')}
          act={() => decide({ what: 'taken', note })}
        >
          {t('stationScan.take')}
        </ActButton>
      </div>
    </div>
  );
}
