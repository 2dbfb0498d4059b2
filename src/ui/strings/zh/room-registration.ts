/** A room at its site: what is read from the sheet, and a site that has another address. */
export const roomRegistration = {
  'room.scan': '扫描或粘贴信息表上的二维码',
  'room.scanHint': '点击此处，用扫码枪扫描或粘贴文字，下面各项会自动填写',
  'room.siteMoved': '考点机新地址…',
  'room.siteMovedSubmit': '使用新地址',
  'room.siteMovedText':
    '考点机更换了地址，或已在另一台计算机上恢复时使用。考场保持注册状态：该地址的计算机必须证明自己就是本考点，否则不作任何更改。',
  'room.siteMovedDone': '考场已重新连接考点。',
  'refusal.not-a-registration': '这不是考点信息表上的二维码。|请扫描考点最新信息表上本考场的二维码。',
  'refusal.not-the-site':
    '{address} 上的计算机不是本考点；未发送任何数据，未作任何更改。|请核对考点机屏幕上的地址。',
} as const;
