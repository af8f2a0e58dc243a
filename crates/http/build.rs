//! Tells cargo to embed the web application anew whenever it was built anew.

use std::fs;

fn main() {
    // A watched folder that is not there counts as changed at every build, so it is made. Where
    // that is not possible, building more often than needed is all that follows.
    let web = "../../web/dist";
    let _made = fs::create_dir_all(web);
    println!("cargo:rerun-if-changed=build.rs");
    println!("cargo:rerun-if-changed={web}");
}
