import type { ownSite as en } from '../en/own-site.ts';
import type { SameKeys } from '../strings.ts';

export const ownSite: SameKeys<typeof en> = {
  'ownSite.siteMode': '考点模式',
  'ownSite.withSite': '有考点机',
  'ownSite.withoutSite': '无考点机',
  'ownSite.withoutSiteHint':
    '机考锁插在本机，考务从监控平台载入，结果直接上报监控平台。监控平台须将本考场编为单独的考点。',
  'ownSite.now.settings': '请填写中心下发的考场代码、考点代码、监控平台地址和注册码，并指定机考锁。',
  'ownSite.now.registered': '本考场不设考点机，已注册到监控平台。',
  'ownSite.now.verified': '所有场次授权验证通过，到时间后自动进行考试授权。',
  'ownSite.registered': '设置保存成功，已注册到监控平台。',
  'ownSite.load': '下载',
  'ownSite.notLoadedTodo': '这里将显示场次和考生数。请从监控平台下载，或导入监控平台导出的考点数据文件。',
  'next.next-open-the-key': '请进行机考锁校时，之后系统自动完成考试授权。',
  'refusal.room-has-a-site': '本考场设有考点机。|请在考点机上操作，或在第1步选择“无考点机”。',
  'refusal.site-mode-fixed': '载入考务后不能修改考点模式。|如需更改，请使用新的数据目录。',
  'refusal.own-site-does-not-open':
    '无法在本机保存考点数据（{problem}）。|请检查数据目录所在磁盘和权限后重试。',
  'refusal.site-of-other-rooms':
    '该考点的数据包中考场为 {rooms}，本考场为 {room}。|请在第1步更正考场代码；有多个考场的考点需设考点机。',
  'refusal.wrong-lock': '这不是本考点的机考锁（{found}），监控平台登记的是 {expected}。|请插入登记的机考锁。',
};
