/** A page that can be moved, turned and looked at from near: the picture, and over it where the machine found codes. */
import { useCallback, useEffect, useLayoutEffect, useRef, useState, type ReactNode } from 'react';
import { useText } from '../../../../ui/text.ts';
import type { ScanView } from '../../../scans/review/contract.ts';
import { addressOf, type PagePicture } from './page-memory.ts';

/** `zoom`: pixels of the screen for one of the scan; null: the whole page is seen. `x`, `y`: from the middle of the stage to the middle of the page. */
export interface Look {
  readonly zoom: number | null;
  readonly x: number;
  readonly y: number;
}
export const wholePage: Look = { zoom: null, x: 0, y: 0 };

const nearest = 8;
const farthest = 0.05;

interface Size {
  readonly width: number;
  readonly height: number;
}

/** A step nearer or farther, about a point that stays where it is. */
export function zoomed(
  look: Look,
  by: number,
  shown: number,
  at: { x: number; y: number } = { x: 0, y: 0 },
): Look {
  const zoom = Math.min(nearest, Math.max(farthest, shown * by));
  const ratio = zoom / shown;
  return { zoom, x: at.x - (at.x - look.x) * ratio, y: at.y - (at.y - look.y) * ratio };
}

export function moved(look: Look, x: number, y: number): Look {
  return { ...look, x: look.x + x, y: look.y + y };
}

interface Props {
  view: ScanView;
  picture: PagePicture | null;
  rotation: number;
  look: Look;
  onLook: (change: (before: Look) => Look) => void;
  /** Tells how large the page is shown now, for whoever changes it. */
  onShown: (zoom: number) => void;
  contrast: boolean;
  frames: boolean;
}

export function PageStage(props: Props): ReactNode {
  const { view, picture, rotation, look, onLook, onShown, contrast, frames } = props;
  const t = useText();
  const stage = useRef<HTMLDivElement>(null);
  const room = useSize(stage);
  const page = sizeOf(view, picture);
  const lying = rotation % 180 !== 0;
  const fit = Math.min(
    room.width / (lying ? page.height : page.width),
    room.height / (lying ? page.width : page.height),
  );
  const zoom = look.zoom ?? fit;
  useEffect(() => onShown(zoom), [zoom, onShown]);
  const wheel = useCallback(
    (event: WheelEvent): void => {
      event.preventDefault();
      const box = stage.current?.getBoundingClientRect();
      if (!box) return;
      const at = {
        x: event.clientX - box.left - box.width / 2,
        y: event.clientY - box.top - box.height / 2,
      };
      onLook((before) => zoomed(before, Math.exp(-event.deltaY / 500), before.zoom ?? fit, at));
    },
    [onLook, fit],
  );
  useEffect(() => {
    const element = stage.current;
    // As React listens, the page below would be scrolled, too.
    element?.addEventListener('wheel', wheel, { passive: false });
    return () => element?.removeEventListener('wheel', wheel);
  }, [wheel]);
  return (
    <div
      ref={stage}
      className="scan-stage"
      role="group"
      aria-label={`${t('scanReview.picture', { name: view.name })}. ${t('scanReview.pictureHint')}`}
      // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- what is moved by keys has to be reached by them
      tabIndex={0}
      onPointerDown={(event) => {
        if (event.button !== 0) return;
        event.currentTarget.setPointerCapture(event.pointerId);
      }}
      onPointerMove={(event) => {
        if (!event.currentTarget.hasPointerCapture(event.pointerId)) return;
        const { movementX, movementY } = event;
        onLook((before) => moved({ ...before, zoom: before.zoom ?? fit }, movementX, movementY));
      }}
    >
      <div
        className={`scan-page ${contrast ? 'scan-contrast' : ''}`}
        style={{
          width: page.width,
          height: page.height,
          transform: `translate(calc(-50% + ${look.x}px), calc(-50% + ${look.y}px)) rotate(${rotation}deg) scale(${zoom})`,
        }}
      >
        {view.hasThumbnail && picture === null && <Beforehand view={view} page={page} />}
        {picture && <img className="scan-picture" src={picture.image.src} alt="" draggable={false} />}
        {frames && picture && <Frames codes={view.reading.codes} page={page} zoom={zoom} />}
      </div>
    </div>
  );
}

/** The thumbnail, until the page is there: it stands upright as far as the machine knows, the page as it was scanned. */
function Beforehand({ view, page }: { view: ScanView; page: Size }): ReactNode {
  const read = view.reading.rotation ?? 0;
  const lying = read % 180 !== 0;
  return (
    <img
      className="scan-beforehand"
      src={addressOf(view.id, 'thumbnail')}
      alt=""
      draggable={false}
      style={{
        width: lying ? page.height : page.width,
        height: lying ? page.width : page.height,
        transform: `translate(-50%, -50%) rotate(${-read}deg)`,
      }}
    />
  );
}

function Frames(props: { codes: ScanView['reading']['codes']; page: Size; zoom: number }): ReactNode {
  const { codes, page, zoom } = props;
  const gap = 6 / zoom;
  return (
    <svg className="scan-frames" viewBox={`0 0 ${page.width} ${page.height}`} aria-hidden>
      {codes.map(({ format, text, region }) => (
        <rect
          key={`${format} ${text} ${region.x} ${region.y}`}
          x={region.x - gap}
          y={region.y - gap}
          width={region.width + 2 * gap}
          height={region.height + 2 * gap}
          strokeWidth={3 / zoom}
        />
      ))}
    </svg>
  );
}

/** In pixels, as it was scanned. */
export function sizeOf({ reading }: ScanView, picture: PagePicture | null): Size {
  return {
    width: picture?.image.naturalWidth ?? reading.widthPx ?? 1654,
    height: picture?.image.naturalHeight ?? reading.heightPx ?? 2339,
  };
}

function useSize(of: { readonly current: HTMLElement | null }): Size {
  const [size, setSize] = useState<Size>({ width: 800, height: 600 });
  useLayoutEffect(() => {
    const element = of.current;
    if (!element) return undefined;
    const measure = (): void => setSize({ width: element.clientWidth, height: element.clientHeight });
    measure();
    const observer = new ResizeObserver(measure);
    observer.observe(element);
    return () => observer.disconnect();
  }, [of]);
  return size;
}
