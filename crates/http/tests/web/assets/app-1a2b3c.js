document.querySelector("#app").textContent = "Denkraum Denkraum Denkraum Denkraum Denkraum"
