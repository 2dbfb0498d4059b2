/** The forms of a kit as drawings. */
import { useState, type ReactNode } from 'react';
import { Segmented } from 'antd';
import type { GateView } from '../../../../node/contract.ts';
import { ActButton } from '../../../../ui/act-button.tsx';
import { DownloadButton } from '../../../../ui/download-button.tsx';
import { FileButton } from '../../../../ui/file-drop.tsx';
import { useText } from '../../../../ui/text.ts';
import { useLoaded } from '../../../../ui/use-loaded.ts';
import type { EventProps } from './event-page.tsx';
import './form-drawing.css';

export function FormDrawing({
  centre,
  project,
  event,
  reload,
  gate,
}: EventProps & { gate: GateView }): ReactNode {
  const t = useText();
  const ofEvent = { projectId: project.id, eventId: event.id };
  const key = `${event.id} ${t.language} ${event.ownTemplates} ${JSON.stringify(event.composition)}`;
  const [changes, setChanges] = useState(0);
  const drawing = useLoaded(`${key} ${changes}`, () =>
    centre.event.drawing({ ...ofEvent, language: t.language }),
  );
  const sides = drawing.value ?? [];
  const [wanted, setWanted] = useState<string | null>(null);
  const names = sides.map((one) => `${one.kind} ${one.side}`);
  const at = Math.max(0, names.indexOf(wanted ?? ''));
  const shown = sides[at];
  const saved = (): void => {
    setChanges((before) => before + 1);
    reload();
  };
  return (
    <section className="panel">
      <div className="panel-head">
        <h2>{t('forms.drawing')}</h2>
        {event.ownTemplates && <span>{t('forms.isOwn')}</span>}
        <DownloadButton make={() => centre.event.specimen({ ...ofEvent, language: t.language })}>
          {t('forms.specimen')}
        </DownloadButton>
        <FileButton
          label={t('forms.ownForms')}
          gate={gate}
          hint={t('forms.ownFormsHint')}
          accept=".json"
          onFile={async (uploadId) => {
            await centre.event.saveTemplates({ ...ofEvent, uploadId });
            saved();
          }}
        >
          <p>{t('forms.ownFormsText')}</p>
        </FileButton>
        {event.ownTemplates && (
          <ActButton
            gate={gate}
            act={async () => {
              await centre.event.saveTemplates({ ...ofEvent, uploadId: null });
              saved();
            }}
          >
            {t('forms.usualForms')}
          </ActButton>
        )}
      </div>
      {shown && (
        <>
          <Segmented
            className="form-drawing-kinds"
            value={names[at] ?? ''}
            onChange={setWanted}
            options={sides.map(({ kind, side }, i) => ({
              value: names[i] ?? '',
              label:
                sides.filter((one) => one.kind === kind).length === 1
                  ? t(`forms.kind.${kind}`)
                  : t('forms.drawingSide', { kind: t(`forms.kind.${kind}`), side }),
            }))}
          />
          <img
            className="form-drawing"
            alt={t('forms.drawingSide', { kind: t(`forms.kind.${shown.kind}`), side: shown.side })}
            src={`data:image/svg+xml;charset=utf-8,${encodeURIComponent(shown.svg)}`}
          />
        </>
      )}
    </section>
  );
}
