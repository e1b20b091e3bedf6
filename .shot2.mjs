// runs a program, then runs extra actions given as JS file
import { chromium } from '@playwright/test';
const [,, port, frag, out, w, h, mode, actions] = process.argv;
const b = await chromium.launch({executablePath:'/usr/bin/chromium', args:['--no-sandbox']});
const p = await b.newPage({viewport:{width:+w,height:+h}, colorScheme: mode});
p.on('pageerror', e=>console.log('ERR', e.message));
p.on('console', m=>{ if(m.type()==='error') console.log('CON', m.text()); });
const done = () => p.waitForFunction(()=>/Done\s+[\d,]+ steps|all stages finished/i.test(document.body.innerText),null,{timeout:120000}).catch(e=>console.log('wait',e.message));
await p.goto(`http://localhost:${port}/#${frag}&backend=wasm`);
await p.waitForTimeout(1500); await p.getByRole('button',{name:'Play',exact:true}).first().click();
await done();
await p.waitForTimeout(1000);
const f = (await import(actions)).default;
await f(p, {done, out});
await b.close();
