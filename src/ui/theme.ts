import { theme, type ThemeConfig } from 'antd';

/** Calm and dense: the same colours and sizes on every console. Text colours keep a contrast of at least 4.5 on white. */
export const consoleTheme: ThemeConfig = {
  algorithm: theme.compactAlgorithm,
  token: {
    colorPrimary: '#1d5a9e',
    colorInfo: '#1d5a9e',
    colorSuccess: '#186f37',
    colorWarning: '#9a5b00',
    colorError: '#b3261e',
    colorTextSecondary: '#4a5361',
    colorTextTertiary: '#5c6470',
    colorTextPlaceholder: '#6a7280',
    colorTextDisabled: '#68707c',
    colorBgLayout: '#f3f5f8',
    fontFamily:
      "system-ui, 'Segoe UI', Roboto, 'Noto Sans SC', 'Noto Sans CJK SC', 'Microsoft YaHei', sans-serif",
    // The compact algorithm takes the next smaller size: 14 px text, 30 px controls.
    fontSize: 16,
    borderRadius: 4,
    controlHeight: 34,
    // Nothing slides: what is on its way in or out can neither be read nor pressed.
    motion: false,
  },
  components: {
    Table: {
      cellPaddingBlockSM: 6,
      cellPaddingInlineSM: 10,
      headerBg: '#eef1f5',
      rowSelectedBg: '#e8f1fb',
      rowSelectedHoverBg: '#dceafa',
    },
    Button: { fontWeight: 500 },
  },
};
