/**
 * A scanned page over the whole window, for any page by its id: looked at, turned, its number typed, deleted and taken back, by the keyboard
 * alone where wanted.
 */
import { useCallback, useEffect, useRef, useState, type ReactNode } from 'react';
import { App, Button, Modal, type InputRef } from 'antd';
import { scanContract, type ScanView } from '../../../scans/review/contract.ts';
import { GateButton } from '../../../../ui/gate-button.tsx';
import { RefusalNotice } from '../../../../ui/refusal-notice.tsx';
import { RefusalAlert } from '../../../../ui/refusal-text.tsx';
import { useRoleGate } from '../../../../ui/role-gate.ts';
import { useText } from '../../../../ui/text.ts';
import type { ProjectProps } from '../../centre-console.tsx';
import { NumberBox, isThere, problemOf, type Typed } from './number-box.tsx';
import { NumberStrip } from './number-strip.tsx';
import { History, Quality, WhyIsIt } from './page-facts.tsx';
import { PageStage, moved, wholePage, zoomed, type Look } from './page-stage.tsx';
import './review.css';
import { ScanClassMark } from './scan-words.tsx';
import { useDecisions } from './use-decisions.ts';
import { useLookedUp } from './use-looked-up.ts';
import { usePage } from './use-page.ts';
import { KeyLine, useViewerKeys } from './viewer-keys.tsx';
import { ViewerTools } from './viewer-tools.tsx';

interface Props extends Pick<ProjectProps, 'centre' | 'project'> {
  scanId: string;
  onClose: () => void;
  /** Where pages of the upload can be gone through: to another one. Without it the viewer shows this page alone. */
  onGo?: (scanId: string) => void;
  /** Somebody has decided something here: lists and sums have changed. */
  onChanged?: () => void;
}

const nothing = (): void => undefined;

export function ScanViewer({
  centre,
  project,
  scanId,
  onClose,
  onGo,
  onChanged = nothing,
}: Props): ReactNode {
  const t = useText();
  const { message, notification } = App.useApp();
  const projectId = project.id;
  const gate = useRoleGate(scanContract.decide);
  const page = usePage(centre, projectId, scanId);
  const { view, picture } = page;
  const [look, setLook] = useState<Look>(wholePage);
  const [contrast, setContrast] = useState(false);
  const [frames, setFrames] = useState(true);
  const shown = useRef(1);
  const onShown = useCallback((zoom: number) => void (shown.current = zoom), []);
  const deciding = useDecisions({ centre, projectId, view, set: page.set, reload: page.reload, onChanged });
  const { decide, rotation, refusal } = deciding;

  const [typedOn, setTyped] = useState<Typed & { of: string }>({ of: '', number: '', side: 1 });
  const typed: Typed =
    view !== null && typedOn.of === key(view)
      ? typedOn
      : { number: view?.number ?? '', side: view?.side ?? 1 };
  const type = (next: Typed): void => {
    deciding.forget();
    if (view) setTyped({ ...next, of: key(view) });
  };
  const lookUp = useCallback(
    async (number: string) => ({ number, ...(await centre.scan.lookUp({ projectId, number })) }),
    [centre, projectId],
  );
  const whole = view !== null && problemOf(typed.number, view.rules) === null;
  const looked = useLookedUp(whole ? typed.number : null, lookUp);
  const [asked, setAsked] = useState('');

  const mayType =
    gate.allowed && view !== null && view.reading.class !== 'bad-image' && view.class !== 'deleted';
  const field = useRef<InputRef>(null);
  const frame = useRef<HTMLDivElement>(null);
  const viewId = view?.id;
  useEffect(() => {
    setLook(wholePage);
    deciding.forget();
    // oxlint-disable-next-line react-hooks/exhaustive-deps -- once for each page, whatever else changes
  }, [scanId]);
  useEffect(() => {
    if (viewId === undefined) return;
    if (mayType) field.current?.focus({ cursor: 'all' });
    else frame.current?.focus();
  }, [viewId, mayType]);

  const goOn = (wasOpen: boolean, next: string | null, done: string): void => {
    if (wasOpen && onGo && next !== null) onGo(next);
    else void message.success(wasOpen && next === null ? t('scanReview.allTyped') : done);
  };
  /** A second Enter on the way to the next page decides nothing. */
  const acting = useRef(false);
  const once = (act: () => Promise<void>): void => {
    if (acting.current) return;
    acting.current = true;
    void act().finally(() => (acting.current = false));
  };
  const save = async (asForeign: boolean): Promise<void> => {
    if (!view || !mayType) return;
    const found = looked ?? (whole ? await lookUp(typed.number).catch(() => null) : null);
    const sheet = found?.sheet ?? null;
    // Who types fast has not seen yet that a page of this side is there: told first, saved with the next Enter.
    const warning = `${typed.number} ${typed.side}`;
    if (looked === null && sheet !== null && isThere(view, typed, sheet) && asked !== warning) {
      setAsked(warning);
      return;
    }
    const wasOpen = view.class === 'unrecognised';
    const side = sheet?.sides === 1 && !asForeign ? 1 : typed.side;
    const now = await decide({ what: 'number', number: typed.number, side, asForeign });
    if (now) goOn(wasOpen, now.around.nextUnrecognised, t('scanReview.saved'));
  };
  const takeBack = async (): Promise<void> => {
    if (!gate.allowed) return;
    if (view?.class === 'deleted') {
      const now = await decide({ what: 'restored' });
      if (now) void message.success(t('scanReview.restored', { name: now.name }));
      return;
    }
    const back = await deciding.undo?.();
    notification.destroy(undoKey);
    if (back && back.id !== scanId) onGo?.(back.id);
  };
  const newest = useRef(takeBack);
  newest.current = takeBack;
  const remove = async (): Promise<void> => {
    if (!view || !gate.allowed || view.class === 'deleted') return;
    const wasOpen = view.class === 'unrecognised';
    const now = await decide({ what: 'deleted' });
    if (!now) return;
    notification.info({
      key: undoKey,
      title: t('scanReview.deleted', { name: now.name }),
      placement: 'bottomRight',
      duration: 10,
      actions: (
        <Button size="small" onClick={() => once(newest.current)}>
          {t('scanReview.undo')}
        </Button>
      ),
    });
    if (wasOpen && onGo && now.around.nextUnrecognised !== null) onGo(now.around.nextUnrecognised);
  };
  useEffect(() => () => notification.destroy(undoKey), [notification]);

  const around = onGo ? view?.around : undefined;
  const tools = {
    next: () => around?.next != null && onGo?.(around.next),
    previous: () => around?.previous != null && onGo?.(around.previous),
    turnLeft: () => gate.allowed && deciding.turn(-90),
    turnRight: () => gate.allowed && deciding.turn(90),
    zoomIn: () => setLook((before) => zoomed(before, 1.25, shown.current)),
    zoomOut: () => setLook((before) => zoomed(before, 0.8, shown.current)),
    fit: () => setLook(wholePage),
    full: () => setLook((before) => zoomed(before, 1 / shown.current, shown.current)),
    contrast: () => setContrast((on) => !on),
    frames: () => setFrames((on) => !on),
  };
  useViewerKeys({
    ...tools,
    save: () => once(() => save(false)),
    move: (x, y) => setLook((before) => moved({ ...before, zoom: before.zoom ?? shown.current }, x, y)),
    side: () => looked?.sheet?.sides === 2 && type({ ...typed, side: typed.side === 1 ? 2 : 1 }),
    remove: () => once(remove),
    takeBack: () => once(takeBack),
  });

  return (
    <Modal
      open
      title={view ? t('scanReview.viewer', { name: view.name }) : '…'}
      className="scan-viewer-dialog"
      width="100vw"
      footer={null}
      // A movement would take longer than the page itself.
      transitionName=""
      maskTransitionName=""
      mask={{ closable: false }}
      closable={{ 'aria-label': t('scanReview.close') }}
      onCancel={onClose}
    >
      <div className="scan-viewer" ref={frame} tabIndex={-1}>
        <div className="scan-seen">
          <ViewerTools
            {...tools}
            contrastOn={contrast}
            framesOn={frames}
            mayTurn={gate}
            around={around ?? null}
          />
          {view && !view.hasImage ? (
            <p className="scan-stage scan-nothing">{t('scanReview.noPicture')}</p>
          ) : view ? (
            <PageStage {...{ view, picture, rotation, look, onLook: setLook, onShown, contrast, frames }} />
          ) : (
            <div className="scan-stage" />
          )}
          <KeyLine />
        </div>
        <aside className="scan-panel">
          {page.refusal && <RefusalAlert refusal={page.refusal} />}
          {view && (
            <>
              <p>
                <ScanClassMark of={view.class} />
              </p>
              <WhyIsIt view={view} />
              {picture && <NumberStrip {...{ picture, rotation, contrast }} />}
              {view.reading.class !== 'bad-image' && (
                <NumberBox
                  view={view}
                  typed={typed}
                  onType={type}
                  looked={looked}
                  disabled={!mayType}
                  fieldRef={field}
                />
              )}
              {refusal && (
                <div role="alert">
                  {refusal.type === 'number-not-in-register' ? (
                    // What is wrong stands beside the number already.
                    <Button onClick={() => once(() => save(true))}>{t('scanReview.saveForeign')}</Button>
                  ) : (
                    <RefusalAlert refusal={refusal} />
                  )}
                </div>
              )}
              <div className="scan-actions">
                {view.class === 'deleted' ? (
                  <GateButton type="primary" gate={gate} onClick={() => once(takeBack)}>
                    {t('scanReview.takeBack')}
                  </GateButton>
                ) : (
                  <>
                    {view.reading.class !== 'bad-image' && (
                      <GateButton type="primary" gate={gate} onClick={() => once(() => save(false))}>
                        {t('scanReview.save')}
                      </GateButton>
                    )}
                    <GateButton danger gate={gate} onClick={() => once(remove)}>
                      {t('scanReview.delete')}
                    </GateButton>
                  </>
                )}
              </div>
              {!gate.allowed && <p className="remedy">{t('scanReview.readOnly')}</p>}
              <Quality view={view} />
              <History view={view} />
            </>
          )}
        </aside>
      </div>
      <RefusalNotice />
    </Modal>
  );
}

/** One toast at a time: what was deleted before comes back from its list. */
const undoKey = 'scan-deleted';

/** What is typed belongs to the page as it was seen: when others have typed another number meanwhile, theirs is shown. Turning changes nothing of it. */
function key({ id, number, side }: Pick<ScanView, 'id' | 'number' | 'side'>): string {
  return [id, number, side].join(' ');
}
