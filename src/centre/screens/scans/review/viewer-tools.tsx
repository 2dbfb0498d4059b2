import type { ReactNode } from 'react';
import {
  LeftOutlined,
  RightOutlined,
  RotateLeftOutlined,
  RotateRightOutlined,
  ZoomInOutlined,
  ZoomOutOutlined,
} from '@ant-design/icons';
import { Button } from 'antd';
import type { GateView } from '../../../../node/contract.ts';
import { GateButton } from '../../../../ui/gate-button.tsx';
import { useText } from '../../../../ui/text.ts';
import type { ScanView } from '../../../scans/review/contract.ts';

interface Props {
  next: () => void;
  previous: () => void;
  turnLeft: () => void;
  turnRight: () => void;
  zoomIn: () => void;
  zoomOut: () => void;
  fit: () => void;
  full: () => void;
  contrast: () => void;
  frames: () => void;
  contrastOn: boolean;
  framesOn: boolean;
  mayTurn: GateView;
  /** null: the page is shown by itself. */
  around: ScanView['around'] | null;
}

/** What the keys do, for the mouse. */
export function ViewerTools(props: Props): ReactNode {
  const { around, mayTurn, contrastOn, framesOn } = props;
  const t = useText();
  return (
    <div className="scan-tools">
      {around && (
        <>
          <Button
            icon={<LeftOutlined />}
            aria-label={t('scanReview.previous')}
            disabled={around.previous === null}
            onClick={props.previous}
          />
          <span className="number">{t('scanReview.place', { ...around })}</span>
          <Button
            icon={<RightOutlined />}
            aria-label={t('scanReview.next')}
            disabled={around.next === null}
            onClick={props.next}
          />
          <span className="scan-tools-gap" />
        </>
      )}
      <GateButton
        gate={mayTurn}
        icon={<RotateLeftOutlined />}
        aria-label={t('scanReview.turnLeft')}
        onClick={props.turnLeft}
      >
        {null}
      </GateButton>
      <GateButton
        gate={mayTurn}
        icon={<RotateRightOutlined />}
        aria-label={t('scanReview.turnRight')}
        onClick={props.turnRight}
      >
        {null}
      </GateButton>
      <span className="scan-tools-gap" />
      <Button icon={<ZoomOutOutlined />} aria-label={t('scanReview.zoomOut')} onClick={props.zoomOut} />
      <Button icon={<ZoomInOutlined />} aria-label={t('scanReview.zoomIn')} onClick={props.zoomIn} />
      <Button onClick={props.fit}>{t('scanReview.zoomFit')}</Button>
      <Button onClick={props.full}>{t('scanReview.zoomFull')}</Button>
      <span className="scan-tools-gap" />
      <Button type={contrastOn ? 'primary' : 'default'} aria-pressed={contrastOn} onClick={props.contrast}>
        {t('scanReview.contrast')}
      </Button>
      <Button type={framesOn ? 'primary' : 'default'} aria-pressed={framesOn} onClick={props.frames}>
        {t('scanReview.frames')}
      </Button>
    </div>
  );
}
