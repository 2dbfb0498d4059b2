import type { locks as en } from '../en/locks.ts';
import type { SameKeys } from '../strings.ts';

export const locks: SameKeys<typeof en> = {
  'lock.title': '机考锁',
  'lock.about':
    '每个考点使用一把机考锁，可另有若干备用锁。为考点准备的内容可用其中任意一把打开，直至该锁被吊销。',
  'lock.serial': '机考锁',
  'lock.state.active': '使用中',
  'lock.state.reserve': '备用',
  'lock.state.revoked': '已吊销',
  'lock.kind.key-file': '密钥文件',
  'lock.kind.pkcs11': '硬件锁',
  'lock.registeredAt': '注册时间',
  'lock.seenAt': '考点最近检测到',
  'lock.calibrations': '校时',
  'lock.calibration': '第 {number} 场：{at:time}',
  'lock.note': '备注',
  'lock.noteHint': '存放地点、保管人',
  'lock.noteOf': '机考锁 {serial} 的备注',
  'lock.noteSave': '保存',
  'lock.noteEdit': '备注…',
  'lock.none': '暂无机考锁',
  'lock.noneTodo': '机考锁随考点注册；也可提前生成机考锁注册码，在任意联网电脑上用机考锁程序注册。',
  'lock.noneOfSite': '暂无',
  'lock.code': '机考锁注册码：',
  'lock.codeUntil': '{at:time} 前有效，限用一次',
  'lock.newCode': '新锁注册码…',
  'lock.newCodeText':
    '凭此注册码，可用机考锁程序为 {name}（{code}）注册首把锁或备用锁。限用一次，七天内有效；之前的注册码作废。',
  'lock.revoke': '吊销…',
  'lock.revokeText':
    '此后监控平台和 {name} 永久拒绝此锁。已为其准备但尚未放行的授权须用新密钥重新准备，此锁无法再打开。已放行的内容无法收回。',
  'lock.revokeLast': '这是该考点唯一的机考锁：没有其他锁，就无法为其准备授权。',
  'lock.revokeReason': '原因',
  'lock.revokeReasonHint': '考点可见',
  'lock.revokeProof': '请输入机考锁编号 {serial} 以确认',
  'lock.isRevoked': '机考锁已吊销。需重新准备：{again} 项；此前已放行、无法收回：{released} 项。',
  'lock.revokedBy': '{at:time}，{by}：{reason}',
  'authorisation.again': '需重新准备',
  'centre.now.prepareAgain': '有机考锁被吊销：请重新准备“{name}”的授权，并请考点重新获取。',
  'refusal.lock-revoked':
    '机考锁 {serial} 已于 {at:time} 被监控平台吊销：{reason}。|请改用备用锁（系统管理，机考锁），或致电监控平台。',
  'refusal.lock-not-registered':
    '机考锁 {serial} 未注册到本考点。|请用监控平台提供的注册码注册，或更换机考锁。',
  'refusal.lock-code-not-open':
    '此机考锁注册码无效：输入有误、已使用或已过期。|请核对；否则请监控平台重新生成。',
  'refusal.no-such-lock': '该考点没有可吊销的机考锁 {serial}。|请刷新页面。',
  'refusal.prepared-for-revoked-lock':
    '授权是为已吊销的机考锁（{locks}）准备的。|请重新准备本场次授权，考点随后重新获取。',
  'refusal.released-to-revoked-lock':
    '机考锁（{locks}）吊销前已放行，无法收回。|持有授权文件、该锁及其 PIN 码的人可打开本场次试卷。',
  'refusal.not-for-reserve':
    '授权准备后新注册、尚不能打开本授权的锁：{locks}。|请再次准备本场次授权；考点已有的文件仍然有效。',
  'refusal.site-without-lock': '考点没有可用的机考锁。|请生成机考锁注册码并完成注册。',
  'refusal.choose-the-reserve': '请插入备用锁，并在“系统管理”的“机考锁”中选用。',
  'refusal.insert-the-lock-or-choose': '请插入机考锁；如已损坏或丢失，请在“系统管理”的“机考锁”中改用备用锁。',
  'refusal.ask-for-a-lock': '请致电监控平台，获取注册新机考锁的注册码。',
  'refusal.token-library-not-offered':
    '考点设置完成后不再加载驱动库 {path}。|请安装厂商程序，由其安装到规定位置。',
  'site.locksAbout':
    '为本考点加密的内容可用其任意一把机考锁打开。使用中的锁损坏或丢失时，请插入备用锁并在此选用。',
  'site.locksUnknown': '监控平台尚未告知本考点的机考锁。',
  'site.lockChoose': '改用其他机考锁…',
  'site.lockChooseText': '此后本考点使用另一把机考锁。必须是本考点已注册的锁；输入 PIN 码以确认可以打开。',
  'site.lockTake': '使用此锁',
  'site.lockTaken': '已改用此机考锁。',
  'site.lockOnDrives': '已插入U盘上的机考锁',
  'site.lockFoundUnknown': '未注册到本考点',
  'site.carriedAt': '校时 {at:time}',
  'site.now.carried': '{name}：校时授权成功（{at:time}），机考锁已带来放行信息。请输入 PIN 码打开密钥。',
  'site.calibrateCarried':
    '{name}：机考锁已于 {at:time} 校时并带来监控平台的放行信息。输入 PIN 码即可打开本场次密钥，无需联网。',
  'refusal.authorisation-older': '该授权早于已有的授权。|请向监控平台索取最新授权，或保留已有授权。',
  'refusal.calibration-too-early': '监控平台自 {opensAt:time}（以平台时间为准）起放行。|请届时校时。',
  'refusal.nothing-to-calibrate':
    '监控平台目前没有可放行给此机考锁的场次。|如考试临近，请致电监控平台：授权可能尚未准备。',
  'refusal.lock-challenge-gone': '操作超时或重复提交。|请重试。',
  'refusal.lock-not-proved': '机考锁 {serial} 未通过验证。|请插好机考锁后重试。',
  'refusal.lock-full': '硬件锁 {serial} 空间不足。|请用厂商程序删除不需要的内容。',
  'refusal.lock-drive-full': 'U盘（{path}）空间不足。|请删除不需要的文件后重新校时。',
  'refusal.lock-not-writable': '无法写入 {path} 所在的U盘（{code}）。|请重新插入，并检查是否写保护。',
  'refusal.lock-not-readable': '写入机考锁的内容无法正确读回。|请重试；如仍失败，请改用备用锁。',
  'lock.helper': '机考锁程序…',
  'lock.helperTitle': '机考锁注册与校时程序',
  'lock.helperText':
    '适用于任意联网电脑：凭注册码注册机考锁，并在每场考试前一小时内校时。解压即用，无需安装；各考点通用，不含任何机密。',
  'lock.helperAddress': '其中的监控平台地址',
  'lock.helperAddressHint': '考点电脑可访问的地址',
  'lock.helperFor': '下载 {system} 版',
  'site.lockPathReserve': '在已插入本机的U盘上',
  'lock.helperAway': '缺少 {system} 版：请在本机执行 npm install --no-save --force {package}',
  'lock.helperDigest': '文件 SHA-256：{sha256}',
  'lock.helperPin': '只信任本平台证书：{fingerprint}',
};
